import { sql } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import { keyCallers, usageHours, usageWriters } from "@/drizzle/schema/usage";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { notificationChannel } from "@/lib/infrastructure/notifications/notification";
import type { NumberedBatch } from "./usage-aggregator";

/**
 * The wait for another's lock. Below PostgreSQL's `deadlock_timeout` (1 s unless set), so that in a deadlock it is we who
 * give way: a batch can be sent again, and whoever deletes an environment at the same moment is not disturbed.
 */
const lockTimeout = "500ms";

/** Rows touched by one write; all zero when the batch had been written before. */
export type WrittenRows = {
  readonly batches: number;
  readonly keys: number;
  readonly totals: number;
  readonly callers: number;
};

/**
 * Writes a batch in one statement, once: a number that this writer (a UUID of the process) has written before changes
 * nothing. A last use only moves forward, and every process is told of each that moved, in words that `readSignal` reads;
 * `message` is sent with them. Calls of a key that is gone stay in the totals and nowhere else.
 *
 * Rows are locked in one order, keys before totals before callers, so that processes writing the same keys wait for each
 * other and never in a circle. Rejects when the wait for a lock is long: send the batch again.
 *
 * A caller comes inside its key, and keys are found by their index: PostgreSQL takes every JSON document for 100 rows, and
 * would join two of them row by row, which at thousands of keys takes seconds.
 */
export async function writeUsage(
  db: Queryable,
  writer: string,
  batch: NumberedBatch,
  message: string | null = null,
): Promise<WrittenRows> {
  const [written] = await db.execute<WrittenRows>(sql`
    with claimed as (
      insert into ${usageWriters} as w (writer, batch, written_at)
      select ${writer}::uuid, ${batch.number}::bigint, now()
      from set_config('lock_timeout', ${lockTimeout}, true)
      on conflict (writer) do update set batch = excluded.batch, written_at = excluded.written_at
      where w.batch < excluded.batch
      returning w.batch
    ), held as (
      select k.id, used.at, used.last_use, used.callers
      from claimed cross join jsonb_to_recordset(${keyRows(batch)}::jsonb)
        as used(key_id bigint, environment_id bigint, at timestamptz, last_use jsonb, callers jsonb)
      join ${apiKeys} as k on k.id = used.key_id and k.environment_id = used.environment_id
      order by k.id for no key update of k
    ), moved as (
      update ${apiKeys} as k set last_used_at = held.at, last_use = held.last_use
      from held
      where k.id = held.id and (k.last_used_at is null or k.last_used_at < held.at)
      returning k.id, k.environment_id, k.last_used_at, k.last_use
    ), counted as (
      insert into ${usageHours} as h (key_id, environment_id, hour, scope, outcome, calls)
      select t.* from claimed cross join jsonb_to_recordset(${totalRows(batch)}::jsonb)
        as t(key_id bigint, environment_id bigint, hour timestamptz, scope text, outcome text, calls bigint)
      where (select count(*) from moved) >= 0
      order by t.key_id, t.hour, t.scope, t.outcome
      on conflict (key_id, hour, scope, outcome) do update set calls = h.calls + excluded.calls
      returning 1
    ), called as (
      insert into ${keyCallers} as c (key_id, client, address, first_seen_at, last_seen_at, calls)
      select held.id, called.*
      from held cross join lateral jsonb_to_recordset(held.callers)
        as called(client text, address text, first_at timestamptz, last_at timestamptz, calls bigint)
      where (select count(*) from counted) >= 0
      order by held.id, called.client, called.address
      on conflict (key_id, client, address) do update set
        first_seen_at = least(c.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(c.last_seen_at, excluded.last_seen_at),
        calls = c.calls + excluded.calls
      returning 1
    ), told as (
      select pg_notify(${notificationChannel}, concat_ws(' ', 'use', environment_id, id,
        to_char(last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(last_use::text, 'null')))
      from moved
      union all
      select pg_notify(${notificationChannel}, message) from (values (${message}::text)) as given(message) where message is not null
    )
    select (select count(*)::int from claimed) as batches, (select count(*)::int from moved) as keys,
      (select count(*)::int from counted) as totals, (select count(*)::int from called) as callers,
      (select count(*)::int from told) as told`);
  if (written === undefined) throw new Error("a select without from returned nothing");
  const { batches, keys, totals, callers } = written;
  return { batches, keys, totals, callers };
}

const iso = (at: number) => new Date(at).toISOString();

function keyRows({ keys }: NumberedBatch): string {
  return JSON.stringify(
    keys.map(({ keyId, environmentId, at, lastUse, callers }) => ({
      key_id: keyId,
      environment_id: environmentId,
      at: iso(at),
      last_use: lastUse,
      callers: callers.map(({ client, address, firstAt, lastAt, calls }) => ({
        client,
        address,
        first_at: iso(firstAt),
        last_at: iso(lastAt),
        calls,
      })),
    })),
  );
}

function totalRows({ totals }: NumberedBatch): string {
  return JSON.stringify(
    totals.map(({ keyId, environmentId, hour, scope, outcome, calls }) => ({
      key_id: keyId,
      environment_id: environmentId,
      hour: iso(hour),
      scope,
      outcome,
      calls,
    })),
  );
}
