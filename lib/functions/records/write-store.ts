import { and, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { records } from "@/drizzle/schema/records";
import type { Transaction } from "@/lib/infrastructure/db/client";
import type { RecordInput, RecordSet } from "./model";
import { toTimestampText } from "./timestamp-text-store";

/**
 * Locks a record set against other writers, and its connection against deletion, until the transaction ends.
 * Waits while another writer holds the lock. False when there is no such connection.
 */
export async function lockRecordSet(
  tx: Transaction,
  environmentId: number,
  { connectionRowId, model }: RecordSet,
): Promise<boolean> {
  const lockedConnections = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.id, connectionRowId),
        isNull(connections.deletedAt),
      ),
    )
    .for("key share");
  if (lockedConnections.length === 0) return false;
  // When two sets have the same 64-bit hash, their writers wait for each other. That is harmless.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`records:${connectionRowId}:${model}`}, 0))`,
  );
  return true;
}

/**
 * Returns the timestamp from which this transaction dates its changes of the set: the current time, or the
 * set's latest change when the clock was set back. Call it while holding the set's lock. Uses
 * `clock_timestamp()`, because `now()` is the start of the transaction, before the lock was acquired.
 */
export async function getBaseTimestamp(
  tx: Transaction,
  environmentId: number,
  { connectionRowId, model }: RecordSet,
): Promise<string> {
  const latest = sql`greatest(clock_timestamp(), max(${records.updatedAt}))`;
  const [row] = await tx
    .select({ at: toTimestampText(latest) })
    .from(records)
    .where(
      and(
        eq(records.environmentId, environmentId),
        eq(records.connectionRowId, connectionRowId),
        eq(records.model, model),
      ),
    );
  if (row === undefined) throw new Error("The aggregate returned no row");
  return row.at;
}

/**
 * Inserts or replaces records. Dates the n-th one `after` plus n microseconds. Records with equal data stay
 * unchanged and are not counted.
 */
export async function upsertRecords(
  tx: Transaction,
  environmentId: number,
  { connectionRowId, model }: RecordSet,
  after: string,
  inputs: readonly RecordInput[],
): Promise<{ readonly added: number; readonly updated: number }> {
  const incoming = JSON.stringify(inputs.map((data) => ({ id: String(data.id), data })));
  const changed = await tx.execute<{ last_action: string }>(sql`
    insert into ${records}
      (environment_id, connection_id, model, external_id, data, last_action, first_seen_at, updated_at)
    select ${environmentId}::bigint, ${connectionRowId}::bigint, ${model}::text, element ->> 'id', element -> 'data',
      'ADDED', at, at
    from jsonb_array_elements(${incoming}::jsonb) with ordinality as incoming(element, n),
      lateral (select ${after}::timestamptz + n * interval '1 microsecond' as at) as times
    on conflict (connection_id, model, external_id) do update set
      data = excluded.data,
      updated_at = excluded.updated_at,
      last_action = case when ${records.deletedAt} is null then 'UPDATED' else 'ADDED' end,
      deleted_at = null,
      pruned_at = null
    where ${records.environmentId} = excluded.environment_id
      and (${records.deletedAt} is not null or ${records.data} is distinct from excluded.data)
    returning last_action`);
  const added = changed.filter((row) => row.last_action === "ADDED").length;
  return { added, updated: changed.length - added };
}

/**
 * Marks records as deleted. Dates the n-th one `after` plus n microseconds. Ignores unknown and already
 * deleted records. Returns the number of records that were marked.
 */
export async function markRecordsDeleted(
  tx: Transaction,
  environmentId: number,
  { connectionRowId, model }: RecordSet,
  after: string,
  externalIds: readonly string[],
): Promise<number> {
  const target = sql`
    jsonb_array_elements_text(${JSON.stringify(externalIds)}::jsonb) with ordinality as target(id, n)`;
  const at = sql`${after}::timestamptz + target.n * interval '1 microsecond'`;
  const rows = await tx
    .update(records)
    .set({ lastAction: "DELETED", deletedAt: at, updatedAt: at })
    .from(target)
    .where(
      and(
        eq(records.environmentId, environmentId),
        eq(records.connectionRowId, connectionRowId),
        eq(records.model, model),
        sql`${records.externalId} = target.id`,
        isNull(records.deletedAt),
      ),
    )
    .returning({ id: records.id });
  return rows.length;
}
