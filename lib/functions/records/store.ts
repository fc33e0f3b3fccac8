import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { records } from "@/drizzle/schema/records";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { Cursor } from "./cursor";
import type { RecordFilter, RecordSet, StoredRecord } from "./model";
import { toTimestampText } from "./timestamp-text-store";

const columns = {
  id: records.id,
  externalId: records.externalId,
  data: records.data,
  lastAction: records.lastAction,
  firstSeenAt: toTimestampText(records.firstSeenAt),
  lastModifiedAt: toTimestampText(records.updatedAt),
  deletedAt: sql<string | null>`${toTimestampText(records.deletedAt)}`,
  prunedAt: sql<string | null>`${toTimestampText(records.prunedAt)}`,
};

const inSet = (environmentId: number, { connectionRowId, model }: RecordSet) =>
  and(
    eq(records.environmentId, environmentId),
    eq(records.connectionRowId, connectionRowId),
    eq(records.model, model),
  );

const cursorRow = ({ at, id }: Cursor): SQL => sql`(${at}::timestamptz, ${id}::uuid)`;

/** Lists at most `limit` records of a set, sorted by last change and id. */
export async function listRecords(
  db: Queryable,
  environmentId: number,
  set: RecordSet,
  { after, modifiedAfter, actions, externalIds }: RecordFilter,
  limit: number,
): Promise<StoredRecord[]> {
  return db
    .select(columns)
    .from(records)
    .where(
      and(
        inSet(environmentId, set),
        after === undefined ? undefined : sql`(${records.updatedAt}, ${records.id}) > ${cursorRow(after)}`,
        modifiedAfter === undefined ? undefined : sql`${records.updatedAt} >= ${modifiedAfter}::timestamptz`,
        actions === undefined ? undefined : inArray(records.lastAction, [...actions]),
        externalIds === undefined ? undefined : inArray(records.externalId, [...externalIds]),
      ),
    )
    .orderBy(asc(records.updatedAt), asc(records.id))
    .limit(limit);
}

/**
 * Counts the records that are not deleted, by connection and stored model. Omits models without such records.
 */
export async function countRecords(
  db: Queryable,
  environmentId: number,
  connectionRowIds: readonly number[],
): Promise<{ readonly connectionRowId: number; readonly model: string; readonly count: number }[]> {
  return db
    .select({
      connectionRowId: records.connectionRowId,
      model: records.model,
      count: sql<number>`count(*)::int`,
    })
    .from(records)
    .where(
      and(
        eq(records.environmentId, environmentId),
        // All ids in one parameter: PostgreSQL allows at most 65,535 parameters.
        sql`${records.connectionRowId} in (select jsonb_array_elements_text(${JSON.stringify(connectionRowIds)}::jsonb)::bigint)`,
        isNull(records.deletedAt),
      ),
    )
    .groupBy(records.connectionRowId, records.model);
}

/** Deletes the rows of a connection's records: those of `storedModels`, or all. */
export async function deleteConnectionRecords(
  db: Queryable,
  environmentId: number,
  connectionRowId: number,
  storedModels?: readonly string[],
): Promise<void> {
  await db
    .delete(records)
    .where(
      and(
        eq(records.environmentId, environmentId),
        eq(records.connectionRowId, connectionRowId),
        storedModels === undefined ? undefined : inArray(records.model, [...storedModels]),
      ),
    );
}

/** Number of pruned records and the position of the last one; null when none were pruned. */
export type PruneResult = { readonly count: number; readonly last: Cursor } | null;

/**
 * Removes the payload of the first `limit` records that still have one, up to and including `until`. Null
 * when there are none. Keeps the position of a record, because pruning is not a change of the record. Call it
 * while holding the set's lock (`lockRecordSet`).
 */
export async function pruneUntil(
  tx: Queryable,
  environmentId: number,
  set: RecordSet,
  until: Cursor,
  limit: number,
): Promise<PruneResult> {
  const [last] = await tx.execute<{ count: number; at: string; id: string }>(sql`
    with chosen as (
      select ${records.id} from ${records}
      where ${inSet(environmentId, set)} and ${records.prunedAt} is null
        and (${records.updatedAt}, ${records.id}) <= ${cursorRow(until)}
      order by ${records.updatedAt}, ${records.id} limit ${limit}
    ), pruned as (
      update ${records} set data = null, pruned_at = clock_timestamp()
      where ${inSet(environmentId, set)} and ${records.id} in (select id from chosen)
      returning id, updated_at
    )
    select (count(*) over ())::int as count, ${toTimestampText(sql`updated_at`)} as at, id
    from pruned order by updated_at desc, id desc limit 1`);
  return last === undefined ? null : { count: last.count, last: { at: last.at, id: last.id } };
}
