import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { keysQueryKey } from "@/components/api-keys/queries/keys-query";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { LiveEvent } from "@/lib/dashboard/live/event";
import { applyEvent } from "./apply-event";
import { formatChange } from "./format-change";

const keyVariablesSchema = z.object({ id: z.number() });

export type LiveListUpdater = {
  readonly handleEvent: (event: LiveEvent) => void;
  readonly close: () => void;
};

type LiveListUpdaterOptions = {
  readonly client: QueryClient;
  readonly environment: string;
  /** Called with a sentence when a key was created, changed or deleted and the list did not show it yet. */
  readonly onAnnouncement: (text: string) => void;
};

/**
 * Applies events to the cached list. While a mutation of this page is pending, its row keeps the optimistic
 * state. Events received in that time are applied again after it, so that the server's state wins.
 */
export function openListUpdater({
  client,
  environment,
  onAnnouncement,
}: LiveListUpdaterOptions): LiveListUpdater {
  const queryKey = keysQueryKey(environment);
  let deferredEvents: LiveEvent[] = [];

  function pendingKeyIds(): ReadonlySet<number> {
    const pending = client.getMutationCache().findAll({ mutationKey: queryKey, status: "pending" });
    return new Set(
      pending.flatMap(({ state }) => keyVariablesSchema.safeParse(state.variables).data?.id ?? []),
    );
  }

  function apply(event: LiveEvent): void {
    // A pending request would return an older list.
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
    if (deferredEvents.length === 0 || pendingKeyIds().size > 0) return;
    const events = deferredEvents;
    deferredEvents = [];
    for (const event of events) apply(event);
  });

  return {
    handleEvent: (event) => {
      if (event.kind === "time") return;
      const pendingIds = pendingKeyIds();
      if (pendingIds.size > 0) deferredEvents = event.kind === "list" ? [event] : [...deferredEvents, event];
      if (!affectsPendingChange(event, pendingIds)) apply(event);
    },
    close: unsubscribe,
  };
}

/** True if the event would overwrite the optimistic state of a pending change. */
function affectsPendingChange(event: LiveEvent, pendingIds: ReadonlySet<number>): boolean {
  if (event.kind === "key") return pendingIds.has(event.key.id);
  if (event.kind === "deleted") return pendingIds.has(event.id);
  return event.kind === "list" && pendingIds.size > 0;
}
