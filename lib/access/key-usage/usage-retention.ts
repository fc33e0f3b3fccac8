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

/** How long a caller stays known after its last call, and how many of a key do. */
const callerRetentionDays = 30;
const maxCallersPerKey = 100;

/** A process that has not written for so long has nothing left to send again. */
const writerRetentionDays = 1;

const batchSize = 2000;

/** Rows removed. */
export type RemovedRows = {
  readonly hours: number;
  readonly callers: number;
  readonly writers: number;
};

export type RetentionOptions = {
  readonly db: Database;
  readonly log: Logger;
  /** Days for which totals are kept. */
  readonly retentionDays: number;
};

/**
 * Removes old usage once an hour, the first time some minutes after the start: a start does not wait for it, and
 * processes started together do not do it together. A failure is logged, and the next hour tries again.
 */
export function startUsageRetention({ db, log, retentionDays }: RetentionOptions): void {
  const run = () => {
    removeOldUsage(db, retentionDays, new Date())
      .catch((error: unknown) => log.error({ err: error }, "old usage not removed"))
      .finally(() => setTimeout(run, hourMs).unref());
  };
  setTimeout(run, 2 * minuteMs + Math.random() * 3 * minuteMs).unref();
}

/** Removes what is too old at `now`, or too much, a few rows at a time. While another process does, it does nothing. */
export async function removeOldUsage(db: Database, days: number, now: Date): Promise<RemovedRows> {
  const before = (age: number) => new Date(now.getTime() - age * dayMs);
  const hours = await removeInBatches(db, (tx) => removeUsageHours(tx, before(days), batchSize));
  const old = await removeInBatches(db, (tx) =>
    removeInactiveCallers(tx, before(callerRetentionDays), batchSize),
  );
  const surplus = await removeInBatches(db, (tx) => removeExcessCallers(tx, maxCallersPerKey, batchSize));
  const writers = await removeInBatches(db, (tx) =>
    removeInactiveWriters(tx, before(writerRetentionDays), batchSize),
  );
  return { hours, callers: old + surplus, writers };
}

/** Each part is a transaction of its own, so that no lock is held for long. */
async function removeInBatches(
  db: Database,
  removePart: (tx: Transaction) => Promise<number>,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const part = await db.transaction(async (tx) => ((await tryLockRetention(tx)) ? removePart(tx) : 0));
    removed += part;
    if (part === 0) return removed;
  }
}
