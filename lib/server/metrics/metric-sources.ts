import type { AuthDurationStats } from "@/lib/environment-api/pipeline/auth-durations";
import type { RequestCount } from "@/lib/environment-api/pipeline/request-counters";

/** What the parts of this process tell of themselves; all is counted since the start. */
export type MetricSources = {
  readonly requests: () => readonly RequestCount[];
  readonly authDurations: () => AuthDurationStats;
  readonly keyCache: () => {
    readonly hits: number;
    readonly negativeCacheHits: number;
    readonly misses: number;
    readonly keys: number;
  };
  /** Is the lease held, under which memory decides? */
  readonly isLeaseHeld: () => boolean;
  readonly usage: () => { readonly pendingRows: number; readonly failedWrites: number };
  /** Event streams that are open now. */
  readonly openStreamCount: () => number;
};

/** What a process tells that serves no API. */
export const emptyMetricSources: MetricSources = {
  requests: () => [],
  authDurations: () => ({ counts: [], seconds: 0 }),
  keyCache: () => ({ hits: 0, negativeCacheHits: 0, misses: 0, keys: 0 }),
  isLeaseHeld: () => false,
  usage: () => ({ pendingRows: 0, failedWrites: 0 }),
  openStreamCount: () => 0,
};
