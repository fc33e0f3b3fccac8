import { type SQL, sql } from "drizzle-orm";
import { keyCallers, usageHours, usageWriters } from "@/drizzle/schema/usage";
import type { Queryable } from "@/lib/infrastructure/db/client";

/** Takes the right to remove old usage until the transaction ends; false while another process has it. */
export async function tryLockRetention(db: Queryable): Promise<boolean> {
  const [row] = await db.execute<{ readonly held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('usage retention', 0)) as held`,
  );
  return row?.held === true;
}

/*
 * Each removes at most `limit` rows and says how many. Rows that a writer holds are passed over, so that neither waits
 * for the other.
 */

/** Removes totals of hours that began before that. */
export function removeUsageHours(db: Queryable, before: Date, limit: number): Promise<number> {
  return remove(
    db,
    usageHours,
    sql`select ctid from ${usageHours} where hour < ${before.toISOString()}::timestamptz
      order by hour limit ${limit} for update skip locked`,
  );
}

/** Removes callers not seen since then. */
export function removeInactiveCallers(db: Queryable, before: Date, limit: number): Promise<number> {
  return remove(
    db,
    keyCallers,
    sql`select ctid from ${keyCallers} where last_seen_at < ${before.toISOString()}::timestamptz
      order by last_seen_at limit ${limit} for update skip locked`,
  );
}

/** Removes of each key the callers beyond the `most` seen last. */
export function removeExcessCallers(db: Queryable, most: number, limit: number): Promise<number> {
  return remove(
    db,
    keyCallers,
    sql`select surplus.ctid
      from (select key_id from ${keyCallers} group by key_id having count(*) > ${most} limit ${limit}) as crowded
      cross join lateral (
        select c.ctid from ${keyCallers} as c where c.key_id = crowded.key_id
        order by c.last_seen_at desc, c.client, c.address offset ${most} for update skip locked
      ) as surplus
      limit ${limit}`,
  );
}

/** Removes what is known of processes that have not written since then. */
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
    with gone as (delete from ${table} where ctid = any(array(${rows})) returning 1)
    select count(*)::int as count from gone`);
  return removed?.count ?? 0;
}
