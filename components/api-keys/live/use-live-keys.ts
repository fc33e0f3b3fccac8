"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClock } from "@/components/time/clock";
import type { LiveState } from "./live-stream";

/** How long it is said what somebody did. */
const newsMilliseconds = 8000;

export type LiveKeys = {
  readonly state: LiveState;
  /** What was done to a key just now, here or by somebody else; empty when nothing was. */
  readonly news: string;
};

/** Keeps the list and the clock as the server tells them, unless the list is refused. */
export function useLiveKeys(environment: string, isRefused: boolean): LiveKeys {
  const client = useQueryClient();
  const clock = useClock();
  const [state, setState] = useState<LiveState>("connecting");
  const [news, setNews] = useState("");

  useEffect(() => {
    if (isRefused) return;
    let stop = () => {};
    let isOver = false;
    // The list needs none of it to be drawn: it comes after, as the dialogs do.
    import("./live-connection").then(
      ({ connectLive }) => {
        if (!isOver) stop = connectLive({ client, clock, environment, onState: setState, onNews: setNews });
      },
      () => setState("paused"),
    );
    return () => {
      isOver = true;
      stop();
    };
  }, [client, clock, environment, isRefused]);

  useEffect(() => {
    if (news === "") return;
    const timer = setTimeout(() => setNews(""), newsMilliseconds);
    return () => clearTimeout(timer);
  }, [news]);

  return { state, news };
}
