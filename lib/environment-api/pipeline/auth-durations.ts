/** Upper bounds of the buckets, in seconds: from a microsecond, since a warm key is decided in a few. */
export const authDurationBuckets: readonly number[] = [
  1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1,
];

export type AuthDurationStats = {
  /** Checks at most as long as each bound and longer than the one before; the last entry is of those beyond all. */
  readonly counts: readonly number[];
  /** All durations together, in seconds. */
  readonly seconds: number;
};

export type AuthDurations = {
  readonly record: (milliseconds: number) => void;
  readonly stats: () => AuthDurationStats;
};

/** How long the door took to decide: who calls and whether they may, a look-up in the database included. */
export function authDurations(): AuthDurations {
  const counts = Array.from({ length: authDurationBuckets.length + 1 }, () => 0);
  let total = 0;
  return {
    record: (milliseconds) => {
      const seconds = milliseconds / 1000;
      total += seconds;
      let at = 0;
      while (at < authDurationBuckets.length && seconds > (authDurationBuckets[at] ?? 0)) at += 1;
      counts[at] = (counts[at] ?? 0) + 1;
    },
    stats: () => ({ counts: [...counts], seconds: total }),
  };
}
