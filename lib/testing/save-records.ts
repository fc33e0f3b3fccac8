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
  /** Whole records; of two with the same id the last counts. Their text must be such as PostgreSQL can hold. */
  readonly records: readonly RecordInput[];
  /** Ids of records that are gone at the source; they win over `records`. */
  readonly deleted?: readonly string[];
};

/**
 * Writes what a sync found: adds, updates and marks as deleted, all or nothing. `model` is the stored model.
 *
 * Readers page by `(updated_at, id)` and never go back, so a change must never become visible with a time earlier than
 * one already visible. A time taken without a lock cannot promise that: of two writers the one that read the clock
 * first may commit last. So one writer at a time has a set (a connection's model), by a lock that PostgreSQL releases
 * only after the commit is visible, and reads the clock after it has the lock; the next one sees all that was written
 * and starts behind the latest of it, also when the clock steps back. Each changed record gets a microsecond of its
 * own, in the order given. Sets do not wait for each other, and readers never wait.
 */
export async function saveRecords(
  db: Database,
  { environmentId, connectionId, model, records, deleted = [] }: RecordChanges,
): Promise<Result<RecordChangeCounts, "unknown_connection">> {
  const set = { connectionId, model };
  const gone = new Set(deleted);
  const given = [...new Map(records.map((record) => [String(record.id), record])).values()].filter(
    ({ id }) => !gone.has(String(id)),
  );
  return db.transaction(
    async (tx) => {
      if (!(await lockRecordSet(tx, environmentId, set))) return fail("unknown_connection");
      const { added, updated } = await upsertRecords(
        tx,
        environmentId,
        set,
        await getBaseTimestamp(tx, environmentId, set),
        given,
      );
      const marked = await markRecordsDeleted(
        tx,
        environmentId,
        set,
        await getBaseTimestamp(tx, environmentId, set),
        [...gone],
      );
      return ok({ added, updated, deleted: marked, unchanged: given.length - added - updated });
    },
    // Each statement must see what the lock's last holder committed; a stricter level would see the past.
    { isolationLevel: "read committed" },
  );
}
