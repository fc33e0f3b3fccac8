"use client";

import { useSyncExternalStore } from "react";
import { Tooltip } from "@/components/ui/tooltip";

const noopSubscribe = () => () => {};

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
 * A date or time. In UTC in the server's HTML, in the browser's time zone after hydration. The tooltip shows
 * it to the second in both. `at` is ISO 8601.
 */
export function ExactTime({
  at,
  style = "minute",
}: {
  readonly at: string;
  readonly style?: "day" | "minute";
}) {
  const isHydrated = useSyncExternalStore(
    noopSubscribe,
    () => true,
    () => false,
  );
  const date = new Date(at);
  const zone = isHydrated ? undefined : "UTC";
  return (
    <Tooltip
      content={
        <span className="grid tabular-nums">
          <span>{formatDate(date, "second", zone)}</span>
          <span className="text-ink-2">{formatDate(date, "second", "UTC")}</span>
        </span>
      }
    >
      <button type="button" className="cursor-default whitespace-nowrap rounded-[4px] tabular-nums">
        <time dateTime={at}>{formatDate(date, style, zone)}</time>
      </button>
    </Tooltip>
  );
}
