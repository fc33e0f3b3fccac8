import { toStoredModelName } from "@/lib/functions/records/model";
import { deleteConnectionRecords } from "@/lib/functions/records/store";
import { lockRecordSet } from "@/lib/functions/records/write-store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import type { Sync } from "./model";
import { listSyncs } from "./store";
import { baseVariant, type SyncName } from "./sync-name";
import {
  countVariants,
  deleteVariantRow,
  insertVariant,
  listModelsInVariant,
  lockBaseSync,
} from "./variant-store";

/**
 * Largest number of variants of one sync on one connection, not counting the base variant
 * (docs/environment-api.md, "14. syncs:manage").
 */
export const maxVariants = 100;

export type VariantTarget = {
  readonly uniqueKey: string;
  /** Public id. */
  readonly connectionId: string;
  readonly syncName: SyncName;
};

export type VariantError =
  | "unknown_connection"
  | "unknown_sync"
  | "sync_variant_already_exists"
  | "resource_capped";

async function findSync(
  tx: Transaction,
  environmentId: number,
  { uniqueKey, connectionId, syncName }: VariantTarget,
): Promise<Result<Sync | null, "unknown_connection">> {
  const connection = await findConnectionByConnectionId(tx, environmentId, uniqueKey, connectionId);
  if (connection === null) return fail("unknown_connection");
  const selection = { uniqueKey, connectionRowId: connection.id, names: [syncName] };
  const [found] = await listSyncs(tx, environmentId, selection);
  return ok(found ?? null);
}

/**
 * Creates a variant of a sync on a connection and returns the variant's id. The variant is started or paused
 * like its base, and has the same frequency.
 */
export async function createVariant(
  db: Database,
  environmentId: number,
  target: VariantTarget,
): Promise<Result<string, VariantError>> {
  const { name, variant } = target.syncName;
  return db.transaction(async (tx) => {
    const base = await findSync(tx, environmentId, { ...target, syncName: { name, variant: baseVariant } });
    if (!base.ok) return base;
    if (base.value === null || !(await lockBaseSync(tx, environmentId, base.value)))
      return fail("unknown_sync");
    const existing = await findSync(tx, environmentId, target);
    if (!existing.ok) return existing;
    if (existing.value !== null) return fail("sync_variant_already_exists");
    if ((await countVariants(tx, environmentId, base.value)) >= maxVariants) return fail("resource_capped");
    return ok(await insertVariant(tx, environmentId, base.value, variant));
  });
}

/**
 * Deletes a variant and its records. Keeps the records of models that another sync of the connection also
 * writes in a variant of this name. Check first that the variant is not the base.
 */
export async function deleteVariant(
  db: Database,
  environmentId: number,
  target: VariantTarget,
): Promise<Result<null, "unknown_connection" | "unknown_sync">> {
  return db.transaction(async (tx) => {
    const found = await findSync(tx, environmentId, target);
    if (!found.ok) return found;
    const sync = found.value;
    if (sync === null || !(await deleteVariantRow(tx, environmentId, sync))) return fail("unknown_sync");
    const keptModels = await listModelsInVariant(tx, environmentId, sync.connectionRowId, sync.variant);
    const deletedModels = sync.models.filter((model) => !keptModels.has(model));
    const storedNames = deletedModels.map((model) => toStoredModelName(model, sync.variant));
    // Record sets are locked in name order, so that two deletions cannot deadlock.
    for (const storedName of storedNames.toSorted()) {
      const set = { connectionRowId: sync.connectionRowId, model: storedName };
      await lockRecordSet(tx, environmentId, set);
    }
    await deleteConnectionRecords(tx, environmentId, sync.connectionRowId, storedNames);
    return ok(null);
  });
}
