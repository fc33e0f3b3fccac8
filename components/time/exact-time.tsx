import { sayInstant } from "./exact";

/** An instant in the reader's time and in UTC. Only rendered in a browser: a server has no reader's time. */
export function ExactTime({ at }: { readonly at: string }) {
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-3 tabular-nums">
      <dt className="text-ink-3">Local</dt>
      <dd>{sayInstant(at, undefined)}</dd>
      <dt className="text-ink-3">UTC</dt>
      <dd>{sayInstant(at, "UTC")}</dd>
    </dl>
  );
}
