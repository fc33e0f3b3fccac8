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
   * Complete records. Of two with the same id, the last is stored. PostgreSQL must be able to store their
   * text.
   */
  readonly records: readonly RecordInput[];
  /** Ids of records that the source has deleted. They take precedence over `records`. */
  readonly deleted?: readonly string[];
};

/**
 * Stores the result of a sync in one transaction: inserts, updates and marks records as deleted.
 *
 * Readers page by `(updated_at, id)` and never go back, so no change may become visible with a time earlier
 * than one that is already visible. Without a lock that cannot be guaranteed: of two writers, the one that
 * read the clock first may commit last. So each set (one model of one connection) has one writer at a time.
 * It holds a lock that PostgreSQL releases only after the commit is visible, and reads the clock after it has
 * acquired the lock. The next writer sees everything that was written and continues after its latest time,
 * also when the clock has stepped back. Each changed record gets its own microsecond, in the order given.
 * Sets do not block each other, and readers are never blocked.
 */
export async function saveRecords(
  db: Database,
  { environmentId, connectionId, model, records, deleted = [] }: RecordChanges,
): Promise<Result<RecordChangeCounts, "unknown_connection">> {
  const set = { connectionId, model };
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
    // Each statement must see what the lock's previous holder committed. A stricter level would use an older
    // snapshot.
    { isolationLevel: "read committed" },
  );
}
