/**
 * Upper bounds of the histogram's buckets, in seconds. They start at 1 µs, because checking a cached key
 * takes only a few µs.
 */
export const authDurationBuckets: readonly number[] = [
  1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1,
];

export type AuthDurationStats = {
  /** Observations per bucket, not cumulative. The last entry counts those above the largest bound. */
  readonly counts: readonly number[];
  /** Sum of all durations, in seconds. */
  readonly seconds: number;
};

export type AuthDurations = {
  readonly record: (milliseconds: number) => void;
  readonly stats: () => AuthDurationStats;
};

/** Creates a histogram of the time that authentication and authorization take, database queries included. */
export function createAuthDurations(): AuthDurations {
  const counts = Array.from({ length: authDurationBuckets.length + 1 }, () => 0);
  let totalSeconds = 0;
  return {
    record: (milliseconds) => {
      const seconds = milliseconds / 1000;
      totalSeconds += seconds;
      let bucket = 0;
      while (bucket < authDurationBuckets.length && seconds > (authDurationBuckets[bucket] ?? 0)) bucket += 1;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    },
    stats: () => ({ counts: [...counts], seconds: totalSeconds }),
  };
}
