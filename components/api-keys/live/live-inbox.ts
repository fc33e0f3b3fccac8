import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { keysQueryKey } from "@/components/api-keys/queries/keys-query";
import type { ApiKeyList } from "@/lib/access/api-keys/list";
import type { LiveEvent } from "@/lib/dashboard/live/event";
import { patchList } from "./live-patch";
import { sayChange } from "./say-change";

const aboutKey = z.object({ id: z.number() });

export type LiveInbox = {
  readonly take: (event: LiveEvent) => void;
  readonly close: () => void;
};

type LiveInboxOptions = {
  readonly client: QueryClient;
  readonly environment: string;
  /** Hears in words of a key that someone made, changed or deleted and that the list did not show so yet. */
  readonly onNews: (words: string) => void;
};

/**
 * Puts events into the list that is shown. While a change of ours to a key is under way its row stays as we want it;
 * what is heard meanwhile is gone through once more when the change is decided, so that the server has the last word.
 */
export function openInbox({ client, environment, onNews }: LiveInboxOptions): LiveInbox {
  const queryKey = keysQueryKey(environment);
  let heard: LiveEvent[] = [];

  function changing(): ReadonlySet<number> {
    const pending = client.getMutationCache().findAll({ mutationKey: queryKey, status: "pending" });
    return new Set(pending.flatMap(({ state }) => aboutKey.safeParse(state.variables).data?.id ?? []));
  }

  function apply(event: LiveEvent): void {
    // An answer still on its way is older than this list.
    if (event.kind === "list") void client.cancelQueries({ queryKey });
    const list = client.getQueryData<ApiKeyList>(queryKey);
    if (list === undefined) {
      if (event.kind === "list") client.setQueryData<ApiKeyList>(queryKey, event.list);
      return;
    }
    const news = sayChange(list, event);
    client.setQueryData<ApiKeyList>(queryKey, patchList(list, event));
    if (news !== null) onNews(news);
  }

  const stop = client.getMutationCache().subscribe(() => {
    if (heard.length === 0 || changing().size > 0) return;
    const again = heard;
    heard = [];
    for (const event of again) apply(event);
  });

  return {
    take: (event) => {
      if (event.kind === "time") return;
      const ours = changing();
      if (ours.size > 0) heard = event.kind === "list" ? [event] : [...heard, event];
      if (!touches(event, ours)) apply(event);
    },
    close: stop,
  };
}

/** Would it show something else than what we are about to make of these keys? */
function touches(event: LiveEvent, ours: ReadonlySet<number>): boolean {
  if (event.kind === "key") return ours.has(event.key.id);
  if (event.kind === "deleted") return ours.has(event.id);
  return event.kind === "list" && ours.size > 0;
}
