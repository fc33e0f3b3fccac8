"use client";

import { useSyncExternalStore } from "react";
import { useClock } from "./clock";
import { formatShortDate } from "./format-timestamp";

/** The day of an instant: "Today", "3 Oct". The server writes it in UTC; the browser then goes by the reader's day. */
export function ShortDate({ at }: { readonly at: string }) {
  const clock = useClock();
  const day = useSyncExternalStore(
    clock.subscribe,
    () => formatShortDate(at, clock.now(), undefined),
    () => formatShortDate(at, clock.renderedAt, "UTC"),
  );
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {day}
    </time>
  );
}
