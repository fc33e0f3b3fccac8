import { formatTimestamp } from "./format-timestamp";

/** An instant in the reader's time and in UTC. Only rendered in a browser: a server has no reader's time. */
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
