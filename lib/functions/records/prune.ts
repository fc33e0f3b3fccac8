import type { Database } from "@/lib/infrastructure/db/client";
import type { Cursor } from "./cursor";
import type { RecordSet } from "./model";
import { type PruneResult, pruneUntil } from "./store";
import { lockRecordSet } from "./write-store";

/**
 * Removes the payload of at most `limit` records up to and including `until`. Null when there are none, or
 * when the connection was deleted. Holds the set's lock, so that pruning neither removes the payload of a
 * concurrent change nor deadlocks with it.
 */
export async function pruneRecords(
  db: Database,
  environmentId: number,
  set: RecordSet,
  until: Cursor,
  limit: number,
): Promise<PruneResult> {
  return db.transaction(async (tx) => {
    if (!(await lockRecordSet(tx, environmentId, set))) return null;
    return pruneUntil(tx, environmentId, set, until, limit);
  });
}
