"use client";

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

/** The server's clock as seen from this browser, in milliseconds since 1970. It ticks once a second for all. */
export type Clock = {
  readonly now: () => number;
  /** Takes a server time that has just arrived (ISO 8601): a wrong clock here never shows a wrong age. */
  readonly sync: (serverTime: string) => void;
  readonly subscribe: (onTick: () => void) => () => void;
  /** What the server itself rendered with, so that the first render here is the same. */
  readonly renderedAt: number;
};

function createClock(serverTime: string): Clock {
  const listeners = new Set<() => void>();
  let offsetMs = Date.parse(serverTime) - Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    for (const listener of listeners) listener();
  };
  return {
    now: () => Date.now() + offsetMs,
    sync: (time) => {
      offsetMs = Date.parse(time) - Date.now();
    },
    subscribe: (onTick) => {
      listeners.add(onTick);
      timer ??= setInterval(tick, 1000);
      return () => {
        listeners.delete(onTick);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    renderedAt: Date.parse(serverTime),
  };
}

const ClockContext = createContext<Clock | null>(null);

export function ClockProvider({
  serverTime,
  children,
}: {
  readonly serverTime: string;
  readonly children: ReactNode;
}) {
  const [clock] = useState(() => createClock(serverTime));
  return <ClockContext value={clock}>{children}</ClockContext>;
}

export function useClock(): Clock {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error("No ClockProvider above");
  return clock;
}

/** Something that depends on the time. Its component renders again only when the answer changes. */
export function useClockValue<Answer extends string | number | boolean>(
  answer: (now: number) => Answer,
): Answer {
  const clock = useClock();
  return useSyncExternalStore(
    clock.subscribe,
    () => answer(clock.now()),
    () => answer(clock.renderedAt),
  );
}
