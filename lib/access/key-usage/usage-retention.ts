import type { Logger } from "pino";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import {
  removeExcessClients,
  removeInactiveClients,
  removeInactiveWriters,
  removeUsageHours,
  tryLockRetention,
} from "./usage-retention-store";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Days for which a client of a key is kept after its last call. */
const clientRetentionDays = 30;

/** Clients kept per key. */
const maxClientsPerKey = 100;

/**
 * Days for which a writer is kept after its last write. Longer than a database is expected to be unreachable:
 * a batch that is written again after its writer was removed counts twice.
 */
const writerRetentionDays = 1;

/** Maximum number of rows deleted in one transaction. */
const batchSize = 2000;

/** Number of removed rows by table. */
export type RemovedRows = {
  readonly hours: number;
  readonly clients: number;
  readonly writers: number;
};

export type RetentionOptions = {
  readonly db: Database;
  readonly log: Logger;
  /** Days for which hourly totals are kept. */
  readonly retentionDays: number;
};

/**
 * Starts removing old usage once an hour. The first run is 2 to 5 minutes later: it does not slow down the
 * start, and processes started together do not run it at the same time. A failure is logged, and the next run
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
 * Removes hourly totals older than `days` at `now`, inactive and excess clients, and inactive writers, in
 * batches. Removes nothing while another process removes usage.
 */
export async function removeOldUsage(db: Database, days: number, now: Date): Promise<RemovedRows> {
  const before = (age: number) => new Date(now.getTime() - age * dayMs);
  const hours = await removeInBatches(db, (tx) => removeUsageHours(tx, before(days), batchSize));
  const inactive = await removeInBatches(db, (tx) =>
    removeInactiveClients(tx, before(clientRetentionDays), batchSize),
  );
  const excess = await removeInBatches(db, (tx) => removeExcessClients(tx, maxClientsPerKey, batchSize));
  const writers = await removeInBatches(db, (tx) =>
    removeInactiveWriters(tx, before(writerRetentionDays), batchSize),
  );
  return { hours, clients: inactive + excess, writers };
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
