"use client";

import { useIsMutating, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useClock } from "@/components/time/clock";
import { keysQuery, keysQueryKey, ListRefused, refetchMilliseconds } from "./keys-query";

/** The list, asked for again every few seconds while the page is in view and nothing is being changed. */
export function useKeyList(environment: string) {
  const clock = useClock();
  const changing = useIsMutating({ mutationKey: keysQueryKey(environment) });
  const query = useQuery({
    ...keysQuery(environment),
    refetchInterval: ({ state }) =>
      changing > 0 || state.error instanceof ListRefused ? false : refetchMilliseconds,
    refetchOnWindowFocus: "always",
  });
  const serverTime = query.data?.serverTime;
  const fetched = query.isFetchedAfterMount;
  useEffect(() => {
    // What the server rendered with was taken at the first render; only later answers are fresher.
    if (serverTime !== undefined && fetched) clock.sync(serverTime);
  }, [clock, serverTime, fetched]);
  return query;
}
