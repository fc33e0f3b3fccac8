import type { Logger } from "pino";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import {
  holdRetention,
  removeCallers,
  removeHours,
  removeSurplusCallers,
  removeWriters,
} from "./usage-retention-store";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** How long a caller stays known after its last call, and how many of a key do. */
const callerDays = 30;
const callersPerKey = 100;

/** A process that has not written for so long has nothing left to send again. */
const writerDays = 1;

const rowsAtOnce = 2000;

/** Rows removed. */
export type Removed = {
  readonly hours: number;
  readonly callers: number;
  readonly writers: number;
};

export type RetentionParts = {
  readonly db: Database;
  readonly log: Logger;
  /** Days for which totals are kept. */
  readonly days: number;
};

/**
 * Removes old usage once an hour, the first time some minutes after the start: a start does not wait for it, and
 * processes started together do not do it together. A failure is logged, and the next hour tries again.
 */
export function startUsageRetention({ db, log, days }: RetentionParts): void {
  const run = () => {
    removeOldUsage(db, days, new Date())
      .catch((error: unknown) => log.error({ err: error }, "old usage not removed"))
      .finally(() => setTimeout(run, hourMs).unref());
  };
  setTimeout(run, 2 * minuteMs + Math.random() * 3 * minuteMs).unref();
}

/** Removes what is too old at `now`, or too much, a few rows at a time. While another process does, it does nothing. */
export async function removeOldUsage(db: Database, days: number, now: Date): Promise<Removed> {
  const before = (age: number) => new Date(now.getTime() - age * dayMs);
  const hours = await inParts(db, (tx) => removeHours(tx, before(days), rowsAtOnce));
  const old = await inParts(db, (tx) => removeCallers(tx, before(callerDays), rowsAtOnce));
  const surplus = await inParts(db, (tx) => removeSurplusCallers(tx, callersPerKey, rowsAtOnce));
  const writers = await inParts(db, (tx) => removeWriters(tx, before(writerDays), rowsAtOnce));
  return { hours, callers: old + surplus, writers };
}

/** Each part is a transaction of its own, so that no lock is held for long. */
async function inParts(db: Database, removePart: (tx: Transaction) => Promise<number>): Promise<number> {
  let removed = 0;
  for (;;) {
    const part = await db.transaction(async (tx) => ((await holdRetention(tx)) ? removePart(tx) : 0));
    removed += part;
    if (part === 0) return removed;
  }
}
