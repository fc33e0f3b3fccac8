import type { CheckStats } from "@/lib/environment-api/pipeline/check-durations";
import type { RequestCount } from "@/lib/environment-api/pipeline/request-tally";

/** What the parts of this process tell of themselves; all is counted since the start. */
export type MetricSources = {
  readonly requests: () => readonly RequestCount[];
  readonly checks: () => CheckStats;
  readonly keys: () => {
    readonly hits: number;
    readonly unknownHits: number;
    readonly misses: number;
    readonly keys: number;
  };
  /** Is the lease held, under which memory decides? */
  readonly isCurrent: () => boolean;
  readonly usage: () => { readonly waitingEntries: number; readonly failedWrites: number };
  /** Event streams that are open now. */
  readonly streams: () => number;
};

/** What a process tells that serves no API. */
export const noSources: MetricSources = {
  requests: () => [],
  checks: () => ({ counts: [], seconds: 0 }),
  keys: () => ({ hits: 0, unknownHits: 0, misses: 0, keys: 0 }),
  isCurrent: () => false,
  usage: () => ({ waitingEntries: 0, failedWrites: 0 }),
  streams: () => 0,
};
