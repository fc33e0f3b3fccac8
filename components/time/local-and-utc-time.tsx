import { formatTimestamp } from "./format-timestamp";

/** A time in the browser's time zone and in UTC. Rendered only in the browser, which has the time zone. */
export function LocalAndUtcTime({ at }: { readonly at: string }) {
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-3 tabular-nums">
      <dt className="text-ink-3">Local</dt>
      <dd>{formatTimestamp(at, undefined)}</dd>
      <dt className="text-ink-3">UTC</dt>
      <dd>{formatTimestamp(at, "UTC")}</dd>
    </dl>
  );
}
