"use client";

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

/** The server's time, estimated in the browser. Notifies all subscribers once a second. */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Sets the clock to the server's time (ISO 8601), so that a wrong local clock shows no wrong age. */
  readonly sync: (serverTime: string) => void;
  readonly subscribe: (onTick: () => void) => () => void;
  /** The time of the server render in milliseconds since 1970, for an equal first render in the browser. */
  readonly renderedAt: number;
};

function createClock(serverTime: string): Clock {
  const subscribers = new Set<() => void>();
  let offsetMs = Date.parse(serverTime) - Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    for (const onTick of subscribers) onTick();
  };
  return {
    now: () => Date.now() + offsetMs,
    sync: (time) => {
      offsetMs = Date.parse(time) - Date.now();
    },
    subscribe: (onTick) => {
      subscribers.add(onTick);
      timer ??= setInterval(tick, 1000);
      return () => {
        subscribers.delete(onTick);
        if (subscribers.size > 0) return;
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
  if (clock === null) throw new Error("useClock needs a ClockProvider");
  return clock;
}

/** Computes a value from the time. The component renders again only when the value changes. */
export function useClockValue<Value extends string | number | boolean>(
  compute: (now: number) => Value,
): Value {
  const clock = useClock();
  return useSyncExternalStore(
    clock.subscribe,
    () => compute(clock.now()),
    () => compute(clock.renderedAt),
  );
}
