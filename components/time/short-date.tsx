"use client";

import { useSyncExternalStore } from "react";
import { useClock } from "./clock";
import { formatShortDate } from "./format-timestamp";

/** A day: "Today", "3 Oct". Rendered in UTC on the server, then in the browser's time zone. */
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
