import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { keysQueryKey } from "@/components/api-keys/queries/keys-query";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { LiveEvent } from "@/lib/dashboard/live/event";
import { applyEvent } from "./apply-event";
import { formatChange } from "./format-change";

/** The input of each mutation of a key. */
const mutationInputSchema = z.object({ id: z.number() });

export type LiveListUpdater = {
  readonly handleEvent: (event: LiveEvent) => void;
  readonly close: () => void;
};

type LiveListUpdaterOptions = {
  readonly client: QueryClient;
  readonly environment: string;
  /**
   * Called with a short text, such as `Created: CI Deploy Key`, for a change that the list did not show yet.
   */
  readonly onAnnouncement: (text: string) => void;
};

/**
 * Applies events to the cached list. While this page is changing a key, events about that key, and whole
 * lists, wait, so that the row keeps the optimistic state. When no change is pending any more, all events
 * received in the meantime are applied in order, so that the list ends in the server's state. Applying an
 * event twice does no harm.
 */
export function createLiveListUpdater({
  client,
  environment,
  onAnnouncement,
}: LiveListUpdaterOptions): LiveListUpdater {
  const queryKey = keysQueryKey(environment);
  let eventsToReapply: LiveEvent[] = [];

  function idsOfChangingKeys(): ReadonlySet<number> {
    const pending = client.getMutationCache().findAll({ mutationKey: queryKey, status: "pending" });
    return new Set(
      pending.flatMap(({ state }) => mutationInputSchema.safeParse(state.variables).data?.id ?? []),
    );
  }

  function apply(event: LiveEvent): void {
    // A request that is still running could replace this list with an older one.
    if (event.kind === "list") void client.cancelQueries({ queryKey });
    const list = client.getQueryData<ApiKeyList>(queryKey);
    if (list === undefined) {
      if (event.kind === "list") client.setQueryData<ApiKeyList>(queryKey, event.list);
      return;
    }
    const announcement = formatChange(list, event);
    client.setQueryData<ApiKeyList>(queryKey, applyEvent(list, event));
    if (announcement !== null) onAnnouncement(announcement);
  }

  const unsubscribe = client.getMutationCache().subscribe(() => {
    if (eventsToReapply.length === 0 || idsOfChangingKeys().size > 0) return;
    const events = eventsToReapply;
    eventsToReapply = [];
    for (const event of events) apply(event);
  });

  return {
    handleEvent: (event) => {
      if (event.kind === "time") return;
      const changingIds = idsOfChangingKeys();
      if (changingIds.size > 0) {
        // A whole list replaces every earlier event.
        eventsToReapply = event.kind === "list" ? [event] : [...eventsToReapply, event];
      }
      if (!affectsPendingChange(event, changingIds)) apply(event);
    },
    close: unsubscribe,
  };
}

/** True if the event would overwrite the optimistic state of a pending change. */
function affectsPendingChange(event: LiveEvent, changingIds: ReadonlySet<number>): boolean {
  if (event.kind === "key") return changingIds.has(event.key.id);
  if (event.kind === "deleted") return changingIds.has(event.id);
  return event.kind === "list" && changingIds.size > 0;
}
