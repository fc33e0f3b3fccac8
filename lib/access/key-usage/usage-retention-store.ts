import { type SQL, sql } from "drizzle-orm";
import { keyCallers, usageHours, usageWriters } from "@/drizzle/schema/usage";
import type { Queryable, Transaction } from "@/lib/infrastructure/db/client";

/** Locks usage retention until the transaction ends. Returns false if another process holds the lock. */
export async function tryLockRetention(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute<{ readonly held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('usage retention', 0)) as held`,
  );
  return row?.held === true;
}

/*
 * Each function below deletes at most `limit` rows and returns how many. It skips rows that a usage write has
 * locked, so that neither waits for the other.
 */

/** Deletes the hourly totals of hours that began before `before`. */
export function removeUsageHours(db: Queryable, before: Date, limit: number): Promise<number> {
  return remove(
    db,
    usageHours,
    sql`select ctid from ${usageHours} where hour < ${before.toISOString()}::timestamptz
      order by hour limit ${limit} for update skip locked`,
  );
}

/** Deletes clients last seen before `before`. */
export function removeInactiveClients(db: Queryable, before: Date, limit: number): Promise<number> {
  return remove(
    db,
    keyCallers,
    sql`select ctid from ${keyCallers} where last_seen_at < ${before.toISOString()}::timestamptz
      order by last_seen_at limit ${limit} for update skip locked`,
  );
}

/** Keeps the `max` most recently seen clients of each key and deletes the others. */
export function removeExcessClients(db: Queryable, max: number, limit: number): Promise<number> {
  return remove(
    db,
    keyCallers,
    sql`select surplus.ctid
      from (select key_id from ${keyCallers} group by key_id having count(*) > ${max} limit ${limit}) as crowded
      cross join lateral (
        select c.ctid from ${keyCallers} as c where c.key_id = crowded.key_id
        order by c.last_seen_at desc, c.client, c.address offset ${max} for update skip locked
      ) as surplus
      limit ${limit}`,
  );
}

/** Deletes the batch numbers of processes that last wrote before `before`. */
export function removeInactiveWriters(db: Queryable, before: Date, limit: number): Promise<number> {
  return remove(
    db,
    usageWriters,
    sql`select ctid from ${usageWriters} where written_at < ${before.toISOString()}::timestamptz
      limit ${limit} for update skip locked`,
  );
}

async function remove(
  db: Queryable,
  table: typeof usageHours | typeof keyCallers | typeof usageWriters,
  rows: SQL,
): Promise<number> {
  const [removed] = await db.execute<{ readonly count: number }>(sql`
    with removed as (delete from ${table} where ctid = any(array(${rows})) returning 1)
    select count(*)::int as count from removed`);
  return removed?.count ?? 0;
}
