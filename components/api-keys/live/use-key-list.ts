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
 * Returns the list and keeps it up to date. While the stream is live only its events change the list, so that
 * no request can return an older one. Otherwise the list is polled while the page is visible and no change is
 * pending.
 */
export function useKeyList(environment: string) {
  const clock = useClock();
  const changing = useIsMutating({ mutationKey: keysQueryKey(environment) });
  const [isDenied, setIsDenied] = useState(false);
  const { state, announcement } = useLiveKeys(environment, isDenied);
  const query = useQuery({
    ...keysQuery(environment),
    refetchInterval: ({ state: { error } }) =>
      state === "live" || changing > 0 || error instanceof ListDeniedError ? false : refetchIntervalMs,
    refetchOnWindowFocus: state === "live" ? false : "always",
  });
  const { data, error, isFetching, refetch } = query;
  // Known only from the list's own response: an EventSource does not expose the status.
  const isListDenied = error instanceof ListDeniedError;
  if (isListDenied !== isDenied) setIsDenied(isListDenied);

  useEffect(() => {
    if (state === "paused" && changing === 0) void refetch();
  }, [state, changing, refetch]);

  const serverTime = data?.serverTime;
  const [rendered] = useState(serverTime);
  useEffect(() => {
    // The time of the server render is set already; only later responses are newer.
    if (serverTime !== undefined && serverTime !== rendered) clock.sync(serverTime);
  }, [clock, serverTime, rendered]);

  const liveState: LiveState = state !== "live" && error !== null ? "paused" : state;
  return { data, error, isFetching, refetch, liveState, announcement };
}
