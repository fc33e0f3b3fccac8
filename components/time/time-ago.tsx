"use client";

import { useClockValue } from "./clock";
import { formatAge } from "./format-age";

/** An age such as "4 s ago". Updates itself without rendering its parent again. `at` is ISO 8601. */
export function TimeAgo({ at }: { readonly at: string }) {
  const age = useClockValue((now) => formatAge(Date.parse(at), now));
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {age}
    </time>
  );
}
