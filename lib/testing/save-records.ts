import type { RecordChangeCounts, RecordInput, RecordSet } from "@/lib/functions/records/model";
import {
  getBaseTimestamp,
  lockRecordSet,
  markRecordsDeleted,
  upsertRecords,
} from "@/lib/functions/records/write-store";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

export type RecordChanges = RecordSet & {
  readonly environmentId: number;
  /**
   * Complete records. Of two with the same id, the last is stored. Their text must not contain characters
   * that PostgreSQL cannot store.
   */
  readonly records: readonly RecordInput[];
  /** Ids of records that the source has deleted. They take precedence over `records`. */
  readonly deleted?: readonly string[];
};

/**
 * Stores the result of a sync in one transaction: inserts, updates and marks records as deleted.
 *
 * Readers page by `(updated_at, id)` and never go back. A change must therefore not become visible with an
 * earlier time than a change that is already visible. Without a lock this can happen: of two writers, the one
 * that read the clock first may commit last. So each record set (one model of one connection) has one writer
 * at a time. The writer acquires a lock, then reads the clock. PostgreSQL releases the lock only after the
 * commit is visible. The next writer sees all earlier changes and continues after the latest of their times,
 * also when the clock has stepped back. Each changed record gets its own microsecond, in the order given.
 * Writers of different sets do not block each other, and readers are never blocked.
 */
export async function saveRecords(
  db: Database,
  { environmentId, connectionRowId, model, records, deleted = [] }: RecordChanges,
): Promise<Result<RecordChangeCounts, "unknown_connection">> {
  const set = { connectionRowId, model };
  const deletedIds = new Set(deleted);
  const upserted = [...new Map(records.map((record) => [String(record.id), record])).values()].filter(
    ({ id }) => !deletedIds.has(String(id)),
  );
  return db.transaction(
    async (tx) => {
      if (!(await lockRecordSet(tx, environmentId, set))) return fail("unknown_connection");
      const { added, updated } = await upsertRecords(
        tx,
        environmentId,
        set,
        await getBaseTimestamp(tx, environmentId, set),
        upserted,
      );
      const marked = await markRecordsDeleted(
        tx,
        environmentId,
        set,
        await getBaseTimestamp(tx, environmentId, set),
        [...deletedIds],
      );
      return ok({ added, updated, deleted: marked, unchanged: upserted.length - added - updated });
    },
    // Each statement must see what the previous holder of the lock committed. A stricter isolation level
    // would use the snapshot of the first statement.
    { isolationLevel: "read committed" },
  );
}
