"use client";

import { useSyncExternalStore } from "react";
import { Tooltip } from "@/components/ui/tooltip";

const noopSubscribe = () => () => {};

function formatMoment(at: Date, style: "day" | "minute" | "second", timeZone: string | undefined): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(style !== "day" && { hour: "2-digit", minute: "2-digit" }),
    ...(style === "second" && { second: "2-digit", timeZoneName: "short" }),
    timeZone,
  }).format(at);
}

/**
 * A moment, in the reader's time zone once the page lives; on hover and on focus to the second, there and in UTC. `at`
 * is ISO 8601.
 */
export function ExactTime({
  at,
  style = "minute",
}: {
  readonly at: string;
  readonly style?: "day" | "minute";
}) {
  const isLive = useSyncExternalStore(
    noopSubscribe,
    () => true,
    () => false,
  );
  const moment = new Date(at);
  const zone = isLive ? undefined : "UTC";
  return (
    <Tooltip
      content={
        <span className="grid tabular-nums">
          <span>{formatMoment(moment, "second", zone)}</span>
          <span className="text-ink-2">{formatMoment(moment, "second", "UTC")}</span>
        </span>
      }
    >
      <button type="button" className="cursor-default whitespace-nowrap rounded-[4px] tabular-nums">
        <time dateTime={at}>{formatMoment(moment, style, zone)}</time>
      </button>
    </Tooltip>
  );
}
