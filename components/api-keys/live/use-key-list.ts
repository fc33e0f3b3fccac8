"use client";

import { useIsMutating, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  keysQuery,
  keysQueryKey,
  ListDeniedError,
  refetchIntervalMs,
} from "@/components/api-keys/queries/keys-query";
import { useClock } from "@/components/time/clock";
import type { LiveState } from "./reconnecting-event-source";
import { useLiveKeys } from "./use-live-keys";

/**
 * The list. While the stream is live it alone moves the list, and no request can bring an older one; otherwise the list
 * is asked for every few seconds while the page is in view and nothing is being changed.
 */
export function useKeyList(environment: string) {
  const clock = useClock();
  const changing = useIsMutating({ mutationKey: keysQueryKey(environment) });
  const [isDenied, setIsRefused] = useState(false);
  const { state, announcement } = useLiveKeys(environment, isDenied);
  const query = useQuery({
    ...keysQuery(environment),
    refetchInterval: ({ state: { error } }) =>
      state === "live" || changing > 0 || error instanceof ListDeniedError ? false : refetchIntervalMs,
    refetchOnWindowFocus: state === "live" ? false : "always",
  });
  const { data, error, isFetching, refetch } = query;
  // Only the list's own answer says that it was refused, and why.
  const refused = error instanceof ListDeniedError;
  if (refused !== isDenied) setIsRefused(refused);

  useEffect(() => {
    if (state === "paused" && changing === 0) void refetch();
  }, [state, changing, refetch]);

  const serverTime = data?.serverTime;
  const [rendered] = useState(serverTime);
  useEffect(() => {
    // What the server rendered with was taken at the first render; only later answers are fresher.
    if (serverTime !== undefined && serverTime !== rendered) clock.sync(serverTime);
  }, [clock, serverTime, rendered]);

  const liveState: LiveState = state !== "live" && error !== null ? "paused" : state;
  return { data, error, isFetching, refetch, liveState, news: announcement };
}
