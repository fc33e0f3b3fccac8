import type { Database } from "@/lib/infrastructure/db/client";
import type { Cursor } from "./cursor";
import type { RecordSet } from "./model";
import { type PruneResult, pruneUntil } from "./store";
import { lockRecordSet } from "./write-store";

/**
 * Empties the payload of at most `limit` records up to and including `until`; null when none is left. It holds the
 * set as a writer does, so that a record that changes meanwhile keeps its new payload and no two wait in a circle.
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
