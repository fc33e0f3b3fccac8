"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClock } from "@/components/time/clock";
import type { LiveState } from "./reconnecting-event-source";

/** How long an announcement is shown. */
const announcementDurationMs = 8000;

export type LiveKeys = {
  readonly state: LiveState;
  /**
   * A short text about the latest change of a key, such as `Created: CI Deploy Key`; empty when there is
   * none.
   */
  readonly announcement: string;
};

/** Keeps the list and the clock up to date from the event stream, unless access to the list is denied. */
export function useLiveKeys(environment: string, isDenied: boolean): LiveKeys {
  const client = useQueryClient();
  const clock = useClock();
  const [state, setState] = useState<LiveState>("connecting");
  const [announcement, setAnnouncement] = useState("");

  useEffect(() => {
    if (isDenied) return;
    let stop = () => {};
    let isStopped = false;
    // Loaded only now, because the first render does not need this code.
    import("./live-connection").then(
      ({ connectLiveUpdates }) => {
        if (!isStopped)
          stop = connectLiveUpdates({
            client,
            clock,
            environment,
            onState: setState,
            onAnnouncement: setAnnouncement,
          });
      },
      () => setState("retrying"),
    );
    return () => {
      isStopped = true;
      stop();
    };
  }, [client, clock, environment, isDenied]);

  useEffect(() => {
    if (announcement === "") return;
    const timer = setTimeout(() => setAnnouncement(""), announcementDurationMs);
    return () => clearTimeout(timer);
  }, [announcement]);

  return { state, announcement };
}
