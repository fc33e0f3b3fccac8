import type { Logger } from "pino";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import {
  removeExcessCallers,
  removeInactiveCallers,
  removeInactiveWriters,
  removeUsageHours,
  tryLockRetention,
} from "./usage-retention-store";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Days for which a caller is kept after its last call. */
const callerRetentionDays = 30;

/** Callers kept per key. */
const maxCallersPerKey = 100;

/** Days after its last write for which a writer is kept. By then it has no batch left to send again. */
const writerRetentionDays = 1;

/** Rows deleted in one transaction. */
const batchSize = 2000;

/** Number of removed rows by table. */
export type RemovedRows = {
  readonly hours: number;
  readonly callers: number;
  readonly writers: number;
};

export type RetentionOptions = {
  readonly db: Database;
  readonly log: Logger;
  /** Days for which hourly totals are kept. */
  readonly retentionDays: number;
};

/**
 * Starts removing old usage once an hour. The first run is 2 to 5 minutes after the start, at random, so that
 * it neither delays the start nor coincides in processes started together. A failure is logged; the next run
 * is an hour later.
 */
export function startUsageRetention({ db, log, retentionDays }: RetentionOptions): void {
  const run = () => {
    removeOldUsage(db, retentionDays, new Date())
      .catch((error: unknown) => log.error({ err: error }, "usage retention failed, will retry in an hour"))
      .finally(() => setTimeout(run, hourMs).unref());
  };
  setTimeout(run, 2 * minuteMs + Math.random() * 3 * minuteMs).unref();
}

/**
 * Removes totals older than `days` at `now`, inactive and excess callers, and inactive writers, in batches.
 * Does nothing while another process is removing usage.
 */
export async function removeOldUsage(db: Database, days: number, now: Date): Promise<RemovedRows> {
  const before = (age: number) => new Date(now.getTime() - age * dayMs);
  const hours = await removeInBatches(db, (tx) => removeUsageHours(tx, before(days), batchSize));
  const inactive = await removeInBatches(db, (tx) =>
    removeInactiveCallers(tx, before(callerRetentionDays), batchSize),
  );
  const excess = await removeInBatches(db, (tx) => removeExcessCallers(tx, maxCallersPerKey, batchSize));
  const writers = await removeInBatches(db, (tx) =>
    removeInactiveWriters(tx, before(writerRetentionDays), batchSize),
  );
  return { hours, callers: inactive + excess, writers };
}

/**
 * Calls `removeBatch` until it removes nothing. Each batch is its own transaction, so that locks are held
 * briefly.
 */
async function removeInBatches(
  db: Database,
  removeBatch: (tx: Transaction) => Promise<number>,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await db.transaction(async (tx) => ((await tryLockRetention(tx)) ? removeBatch(tx) : 0));
    removed += count;
    if (count === 0) return removed;
  }
}
