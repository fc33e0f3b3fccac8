import type { Database } from "@/lib/infrastructure/db/client";
import type { Cursor } from "./cursor";
import type { RecordSet } from "./model";
import { type PruneResult, pruneUntil } from "./store";
import { lockRecordSet } from "./write-store";

/**
 * Removes the payload of at most `limit` records up to and including `until`; null when there are none. Holds
 * the writers' lock of the set, so that a concurrent change keeps its new payload and the two cannot
 * deadlock.
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
