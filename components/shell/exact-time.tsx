"use client";

import { Tooltip } from "@/components/ui/tooltip";
import { useIsHydrated } from "./use-is-hydrated";

function formatDate(date: Date, style: "day" | "minute" | "second", timeZone: string | undefined): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(style !== "day" && { hour: "2-digit", minute: "2-digit" }),
    ...(style === "second" && { second: "2-digit", timeZoneName: "short" }),
    timeZone,
  }).format(date);
}

/**
 * A date or a time. The server renders it in UTC; after hydration the browser shows it in its own time zone.
 * The tooltip shows it to the second in both time zones. `at` is ISO 8601.
 */
export function ExactTime({
  at,
  style = "minute",
}: {
  readonly at: string;
  readonly style?: "day" | "minute";
}) {
  const isHydrated = useIsHydrated();
  const date = new Date(at);
  const timeZone = isHydrated ? undefined : "UTC";
  return (
    <Tooltip
      content={
        <span className="grid tabular-nums">
          <span>{formatDate(date, "second", timeZone)}</span>
          <span className="text-ink-2">{formatDate(date, "second", "UTC")}</span>
        </span>
      }
    >
      <button type="button" className="cursor-default whitespace-nowrap rounded-[4px] tabular-nums">
        <time dateTime={at}>{formatDate(date, style, timeZone)}</time>
      </button>
    </Tooltip>
  );
}
