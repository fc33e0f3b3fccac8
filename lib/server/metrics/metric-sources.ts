import type { AuthDurationStats } from "@/lib/environment-api/pipeline/auth-durations";
import type { RequestCount } from "@/lib/environment-api/pipeline/request-counters";

/** Functions that read the current values of the metrics. Counts are since the start of the process. */
export type MetricSources = {
  readonly requests: () => readonly RequestCount[];
  readonly authDurations: () => AuthDurationStats;
  readonly keyCache: () => {
    readonly hits: number;
    readonly negativeCacheHits: number;
    readonly misses: number;
    readonly keys: number;
  };
  /** True while the notification lease is held, so that requests may be authorized from cached data. */
  readonly isNotificationLeaseHeld: () => boolean;
  readonly usage: () => { readonly pendingRows: number; readonly failedWrites: number };
  /** Number of open event streams. */
  readonly openStreamCount: () => number;
  /** How often the dashboard ended and was started again. */
  readonly dashboardRestarts: () => number;
};

/** Zeros: the values of whatever a process does not serve. */
export const emptyMetricSources: MetricSources = {
  requests: () => [],
  authDurations: () => ({ counts: [], seconds: 0 }),
  keyCache: () => ({ hits: 0, negativeCacheHits: 0, misses: 0, keys: 0 }),
  isNotificationLeaseHeld: () => false,
  usage: () => ({ pendingRows: 0, failedWrites: 0 }),
  openStreamCount: () => 0,
  dashboardRestarts: () => 0,
};
