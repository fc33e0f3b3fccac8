import { sql } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import { keyCallers, usageHours, usageWriters } from "@/drizzle/schema/usage";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { notificationChannel } from "@/lib/infrastructure/notifications/notification";
import type { NumberedBatch } from "./usage-aggregator";

/**
 * How long a usage write waits for a lock. Shorter than PostgreSQL's `deadlock_timeout` (default 1 s): in a
 * deadlock with the deletion of an environment the usage write then fails, not the deletion. The batch can be
 * written again.
 */
const lockTimeout = "500ms";

/** Number of rows written; all zero when the batch was already written. */
export type WrittenRows = {
  readonly batches: number;
  readonly keys: number;
  readonly hourlyTotals: number;
  readonly clients: number;
};

/**
 * Writes a batch in one statement. A batch number that `writer` (the UUID of a process) has already written
 * changes nothing. A last use is replaced only by a later one. Sends one notification for each key whose last
 * use changed, in the format that `parseNotification` reads, and sends `message` too if it is not null. Calls
 * of a deleted key are counted in the hourly totals only.
 *
 * Locks rows in a fixed order (keys, then totals, then clients), so that concurrent usage writes of the same
 * keys wait for each other and do not deadlock. Rejects when a lock takes longer than `lockTimeout`; write
 * the batch again.
 *
 * The batch is sent as JSON with each key's clients nested inside it. With the clients in a second document,
 * PostgreSQL would have to join the two. It estimates 100 rows for each document and would choose a nested
 * loop, which takes seconds for thousands of keys.
 */
export async function writeUsage(
  db: Queryable,
  writer: string,
  batch: NumberedBatch,
  message: string | null = null,
): Promise<WrittenRows> {
  const [written] = await db.execute<WrittenRows>(sql`
    with accepted_batch as (
      insert into ${usageWriters} as w (writer, batch, written_at)
      select ${writer}::uuid, ${batch.number}::bigint, now()
      -- Sets the lock timeout for this transaction, before the first lock and without a second statement.
      from set_config('lock_timeout', ${lockTimeout}, true)
      on conflict (writer) do update set batch = excluded.batch, written_at = excluded.written_at
      where w.batch < excluded.batch
      returning w.batch
    ), locked_keys as (
      select k.id, used.at, used.last_use, used.clients
      from accepted_batch cross join jsonb_to_recordset(${keysJson(batch)}::jsonb)
        as used(key_id bigint, environment_id bigint, at timestamptz, last_use jsonb, clients jsonb)
      join ${apiKeys} as k on k.id = used.key_id and k.environment_id = used.environment_id
      order by k.id for no key update of k
    ), updated as (
      update ${apiKeys} as k set last_used_at = locked_keys.at, last_use = locked_keys.last_use
      from locked_keys
      where k.id = locked_keys.id and (k.last_used_at is null or k.last_used_at < locked_keys.at)
      returning k.id, k.environment_id, k.last_used_at, k.last_use
    ), written_totals as (
      insert into ${usageHours} as h (key_id, environment_id, hour, scope, outcome, calls)
      select t.* from accepted_batch cross join jsonb_to_recordset(${hourlyTotalsJson(batch)}::jsonb)
        as t(key_id bigint, environment_id bigint, hour timestamptz, scope text, outcome text, calls bigint)
      -- Always true: makes PostgreSQL finish the part before this one, which keeps the order of the locks.
      where (select count(*) from updated) >= 0
      order by t.key_id, t.hour, t.scope, t.outcome
      on conflict (key_id, hour, scope, outcome) do update set calls = h.calls + excluded.calls
      returning 1
    ), written_clients as (
      insert into ${keyCallers} as c (key_id, client, address, first_seen_at, last_seen_at, calls)
      select locked_keys.id, seen.*
      from locked_keys cross join lateral jsonb_to_recordset(locked_keys.clients)
        as seen(client text, address text, first_at timestamptz, last_at timestamptz, calls bigint)
      -- Always true, as above.
      where (select count(*) from written_totals) >= 0
      order by locked_keys.id, seen.client, seen.address
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
      select pg_notify(${notificationChannel}, message) from (values (${message}::text)) as input(message)
      where message is not null
    )
    select (select count(*)::int from accepted_batch) as batches,
      (select count(*)::int from updated) as keys,
      (select count(*)::int from written_totals) as "hourlyTotals",
      (select count(*)::int from written_clients) as clients,
      -- Not read, but PostgreSQL runs a select in a with clause only if it is referenced.
      (select count(*)::int from notified) as notified`);
  if (written === undefined) throw new Error("the usage write returned no row");
  const { batches, keys, hourlyTotals, clients } = written;
  return { batches, keys, hourlyTotals, clients };
}

const toIsoString = (milliseconds: number) => new Date(milliseconds).toISOString();

function keysJson({ keys }: NumberedBatch): string {
  return JSON.stringify(
    keys.map(({ keyId, environmentId, at, lastUse, clients }) => ({
      key_id: keyId,
      environment_id: environmentId,
      at: toIsoString(at),
      last_use: lastUse,
      clients: clients.map(({ client, address, firstAt, lastAt, calls }) => ({
        client,
        address,
        first_at: toIsoString(firstAt),
        last_at: toIsoString(lastAt),
        calls,
      })),
    })),
  );
}

function hourlyTotalsJson({ hourlyTotals }: NumberedBatch): string {
  return JSON.stringify(
    hourlyTotals.map(({ keyId, environmentId, hour, scope, outcome, calls }) => ({
      key_id: keyId,
      environment_id: environmentId,
      hour: toIsoString(hour),
      scope,
      outcome,
      calls,
    })),
  );
}
