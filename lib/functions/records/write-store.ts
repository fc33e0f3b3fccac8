import { and, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { records } from "@/drizzle/schema/records";
import type { Transaction } from "@/lib/infrastructure/db/client";
import type { RecordInput, RecordSet } from "./model";
import { toTimestampText } from "./timestamp-text-store";

/**
 * Holds a set against other writers until the transaction ends, waiting for the one that has it, and its connection
 * against being deleted. False when there is no such connection.
 */
export async function lockRecordSet(
  tx: Transaction,
  environmentId: number,
  { connectionId, model }: RecordSet,
): Promise<boolean> {
  const held = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.id, connectionId),
        isNull(connections.deletedAt),
      ),
    )
    .for("key share");
  if (held.length === 0) return false;
  // Two sets of the same 64-bit hash would wait for each other without need, no more.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`records:${connectionId}:${model}`}, 0))`,
  );
  return true;
}

/**
 * The time after which this transaction's changes of the set are written: now, or the set's latest change when the
 * clock has stepped back behind it. `clock_timestamp()` is the clock itself; `now()` is the transaction's start, before
 * the lock was had.
 */
export async function getBaseTimestamp(
  tx: Transaction,
  environmentId: number,
  { connectionId, model }: RecordSet,
): Promise<string> {
  const latest = sql`greatest(clock_timestamp(), max(${records.updatedAt}))`;
  const [row] = await tx
    .select({ at: toTimestampText(latest) })
    .from(records)
    .where(
      and(
        eq(records.environmentId, environmentId),
        eq(records.connectionId, connectionId),
        eq(records.model, model),
      ),
    );
  if (row === undefined) throw new Error("An aggregate returned no row");
  return row.at;
}

/** Adds or replaces records, the n-th at `after` plus n microseconds; one with the same data stays untouched. */
export async function upsertRecords(
  tx: Transaction,
  environmentId: number,
  { connectionId, model }: RecordSet,
  after: string,
  given: readonly RecordInput[],
): Promise<{ readonly added: number; readonly updated: number }> {
  const incoming = JSON.stringify(given.map((data) => ({ id: String(data.id), data })));
  const changed = await tx.execute<{ last_action: string }>(sql`
    insert into ${records}
      (environment_id, connection_id, model, external_id, data, last_action, first_seen_at, updated_at)
    select ${environmentId}::bigint, ${connectionId}::bigint, ${model}::text, element ->> 'id', element -> 'data',
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

/** Marks records as deleted, the n-th at `after` plus n microseconds. Those unknown or deleted already stay as they are. */
export async function markRecordsDeleted(
  tx: Transaction,
  environmentId: number,
  { connectionId, model }: RecordSet,
  after: string,
  externalIds: readonly string[],
): Promise<number> {
  const given = sql`jsonb_array_elements_text(${JSON.stringify(externalIds)}::jsonb) with ordinality as given(id, n)`;
  const at = sql`${after}::timestamptz + given.n * interval '1 microsecond'`;
  const rows = await tx
    .update(records)
    .set({ lastAction: "DELETED", deletedAt: at, updatedAt: at })
    .from(given)
    .where(
      and(
        eq(records.environmentId, environmentId),
        eq(records.connectionId, connectionId),
        eq(records.model, model),
        sql`${records.externalId} = given.id`,
        isNull(records.deletedAt),
      ),
    )
    .returning({ id: records.id });
  return rows.length;
}
