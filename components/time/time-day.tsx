"use client";

import { useSyncExternalStore } from "react";
import { useClock } from "./clock";
import { sayDay } from "./exact";

/** The day of an instant: "Today", "3 Oct". The server writes it in UTC; the browser then goes by the reader's day. */
export function TimeDay({ at }: { readonly at: string }) {
  const clock = useClock();
  const day = useSyncExternalStore(
    clock.subscribe,
    () => sayDay(at, clock.now(), undefined),
    () => sayDay(at, clock.rendered, "UTC"),
  );
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {day}
    </time>
  );
}
