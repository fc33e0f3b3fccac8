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
  /** Hears in words of a key that someone made, changed or deleted and that the list did not show so yet. */
  readonly onAnnouncement: (words: string) => void;
};

/**
 * Puts events into the list that is shown. While a change of ours to a key is under way its row stays as we want it;
 * what is heard meanwhile is gone through once more when the change is decided, so that the server has the last word.
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
    // An answer still on its way is older than this list.
    if (event.kind === "list") void client.cancelQueries({ queryKey });
    const list = client.getQueryData<ApiKeyList>(queryKey);
    if (list === undefined) {
      if (event.kind === "list") client.setQueryData<ApiKeyList>(queryKey, event.list);
      return;
    }
    const news = formatChange(list, event);
    client.setQueryData<ApiKeyList>(queryKey, applyEvent(list, event));
    if (news !== null) onAnnouncement(news);
  }

  const stop = client.getMutationCache().subscribe(() => {
    if (deferredEvents.length === 0 || pendingKeyIds().size > 0) return;
    const again = deferredEvents;
    deferredEvents = [];
    for (const event of again) apply(event);
  });

  return {
    handleEvent: (event) => {
      if (event.kind === "time") return;
      const ours = pendingKeyIds();
      if (ours.size > 0) deferredEvents = event.kind === "list" ? [event] : [...deferredEvents, event];
      if (!affectsPendingChange(event, ours)) apply(event);
    },
    close: stop,
  };
}

/** Would it show something else than what we are about to make of these keys? */
function affectsPendingChange(event: LiveEvent, ours: ReadonlySet<number>): boolean {
  if (event.kind === "key") return ours.has(event.key.id);
  if (event.kind === "deleted") return ours.has(event.id);
  return event.kind === "list" && ours.size > 0;
}
