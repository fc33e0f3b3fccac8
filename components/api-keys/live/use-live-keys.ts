"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClock } from "@/components/time/clock";
import type { LiveState } from "./reconnecting-event-source";

/** How long it is said what somebody did. */
const announcementMs = 8000;

export type LiveKeys = {
  readonly state: LiveState;
  /** What was done to a key just now, here or by somebody else; empty when nothing was. */
  readonly announcement: string;
};

/** Keeps the list and the clock as the server tells them, unless the list is refused. */
export function useLiveKeys(environment: string, isDenied: boolean): LiveKeys {
  const client = useQueryClient();
  const clock = useClock();
  const [state, setState] = useState<LiveState>("connecting");
  const [announcement, setNews] = useState("");

  useEffect(() => {
    if (isDenied) return;
    let stop = () => {};
    let isOver = false;
    // The list needs none of it to be drawn: it comes after, as the dialogs do.
    import("./live-connection").then(
      ({ connectLiveUpdates }) => {
        if (!isOver)
          stop = connectLiveUpdates({
            client,
            clock,
            environment,
            onState: setState,
            onAnnouncement: setNews,
          });
      },
      () => setState("paused"),
    );
    return () => {
      isOver = true;
      stop();
    };
  }, [client, clock, environment, isDenied]);

  useEffect(() => {
    if (announcement === "") return;
    const timer = setTimeout(() => setNews(""), announcementMs);
    return () => clearTimeout(timer);
  }, [announcement]);

  return { state, announcement };
}
