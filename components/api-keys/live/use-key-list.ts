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
 * Returns the list and keeps it up to date. While the stream is live, only its events change the list,
 * because a request could return an older one. Otherwise the list is polled while the page is visible and no
 * change of this page is pending.
 */
export function useKeyList(environment: string) {
  const clock = useClock();
  const pendingChanges = useIsMutating({ mutationKey: keysQueryKey(environment) });
  const [isDenied, setIsDenied] = useState(false);
  const { state, announcement } = useLiveKeys(environment, isDenied);
  const query = useQuery({
    ...keysQuery(environment),
    refetchInterval: ({ state: { error } }) =>
      state === "live" || pendingChanges > 0 || error instanceof ListDeniedError ? false : refetchIntervalMs,
    refetchOnWindowFocus: state === "live" ? false : "always",
  });
  const { data, error, isFetching, refetch } = query;
  // Taken from the response of the list, because an EventSource does not expose the status of its response.
  const isListDenied = error instanceof ListDeniedError;
  if (isListDenied !== isDenied) setIsDenied(isListDenied);

  useEffect(() => {
    if (state === "retrying" && pendingChanges === 0) void refetch();
  }, [state, pendingChanges, refetch]);

  const serverTime = data?.serverTime;
  const [serverRenderTime] = useState(serverTime);
  useEffect(() => {
    // The clock already has the time of the server render. That time is older now, so it is not set again.
    if (serverTime !== undefined && serverTime !== serverRenderTime) clock.sync(serverTime);
  }, [clock, serverTime, serverRenderTime]);

  const liveState: LiveState = state !== "live" && error !== null ? "retrying" : state;
  return { data, error, isFetching, refetch, liveState, announcement };
}
