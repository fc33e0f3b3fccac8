import { sql } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import { keyCallers, usageHours, usageWriters } from "@/drizzle/schema/usage";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { notificationChannel } from "@/lib/infrastructure/notifications/notification";
import type { NumberedBatch } from "./usage-aggregator";

/**
 * How long a write waits for a lock. Below PostgreSQL's `deadlock_timeout` (default 1 s), so that in a
 * deadlock the usage write fails: its batch can be sent again, and a concurrent deletion of an environment
 * succeeds.
 */
const lockTimeout = "500ms";

/** Number of rows written; all zero when the batch was already written. */
export type WrittenRows = {
  readonly batches: number;
  readonly keys: number;
  readonly totals: number;
  readonly callers: number;
};

/**
 * Writes a batch in one statement. Idempotent: a batch number that `writer` (a UUID of the process) has
 * already written changes nothing. A last use only moves forward. Sends a notification for each updated last
 * use, as `parseNotification` reads it, and `message` with them. Calls of a deleted key are kept in the
 * totals only.
 *
 * Rows are locked in a fixed order, keys before totals before callers, so that concurrent writes of the same
 * keys wait for each other and never deadlock. Rejects when a lock takes longer than `lockTimeout`: send the
 * batch again.
 *
 * Callers are nested in their key, and keys are joined by their index: PostgreSQL estimates 100 rows for
 * every JSON document and would join two of them in a nested loop, which takes seconds for thousands of keys.
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
    ), locked as (
      select k.id, used.at, used.last_use, used.callers
      from claimed cross join jsonb_to_recordset(${keyRows(batch)}::jsonb)
        as used(key_id bigint, environment_id bigint, at timestamptz, last_use jsonb, callers jsonb)
      join ${apiKeys} as k on k.id = used.key_id and k.environment_id = used.environment_id
      order by k.id for no key update of k
    ), updated as (
      update ${apiKeys} as k set last_used_at = locked.at, last_use = locked.last_use
      from locked
      where k.id = locked.id and (k.last_used_at is null or k.last_used_at < locked.at)
      returning k.id, k.environment_id, k.last_used_at, k.last_use
    ), written_totals as (
      insert into ${usageHours} as h (key_id, environment_id, hour, scope, outcome, calls)
      select t.* from claimed cross join jsonb_to_recordset(${totalRows(batch)}::jsonb)
        as t(key_id bigint, environment_id bigint, hour timestamptz, scope text, outcome text, calls bigint)
      where (select count(*) from updated) >= 0
      order by t.key_id, t.hour, t.scope, t.outcome
      on conflict (key_id, hour, scope, outcome) do update set calls = h.calls + excluded.calls
      returning 1
    ), written_callers as (
      insert into ${keyCallers} as c (key_id, client, address, first_seen_at, last_seen_at, calls)
      select locked.id, caller.*
      from locked cross join lateral jsonb_to_recordset(locked.callers)
        as caller(client text, address text, first_at timestamptz, last_at timestamptz, calls bigint)
      where (select count(*) from written_totals) >= 0
      order by locked.id, caller.client, caller.address
      on conflict (key_id, client, address) do update set
        first_seen_at = least(c.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(c.last_seen_at, excluded.last_seen_at),
        calls = c.calls + excluded.calls
      returning 1
    ), notified as (
      select pg_notify(${notificationChannel}, concat_ws(' ', 'use', environment_id, id,
        to_char(last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(last_use::text, 'null')))
      from updated
      union all
      select pg_notify(${notificationChannel}, message) from (values (${message}::text)) as given(message)
      where message is not null
    )
    select (select count(*)::int from claimed) as batches, (select count(*)::int from updated) as keys,
      (select count(*)::int from written_totals) as totals, (select count(*)::int from written_callers) as callers,
      (select count(*)::int from notified) as notified`);
  if (written === undefined) throw new Error("the usage write returned no row");
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
