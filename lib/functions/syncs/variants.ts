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
  deleteVariant,
  insertVariant,
  listModelsInVariant,
  lockBaseSync,
} from "./variant-store";

/** Variants of one sync on one connection, besides the base (contract, section 2, 14). */
export const maxVariants = 100;

export type VariantTarget = {
  readonly uniqueKey: string;
  readonly connectionId: string;
  readonly sync: SyncName;
};

export type VariantError =
  | "unknown_connection"
  | "unknown_sync"
  | "sync_variant_already_exists"
  | "resource_capped";

async function findSync(
  tx: Transaction,
  environmentId: number,
  { uniqueKey, connectionId, sync }: VariantTarget,
): Promise<Result<Sync | null, "unknown_connection">> {
  const connection = await findConnectionByConnectionId(tx, environmentId, uniqueKey, connectionId);
  if (connection === null) return fail("unknown_connection");
  const selection = { uniqueKey, connectionRowId: connection.id, names: [sync] };
  const [found] = await listSyncs(tx, environmentId, selection);
  return ok(found ?? null);
}

/** Adds a variant of a sync on a connection, scheduled as its base is. Returns its id. */
export async function createVariant(
  db: Database,
  environmentId: number,
  place: VariantTarget,
): Promise<Result<string, VariantError>> {
  const { name, variant } = place.sync;
  return db.transaction(async (tx) => {
    const base = await findSync(tx, environmentId, { ...place, sync: { name, variant: baseVariant } });
    if (!base.ok) return base;
    if (base.value === null || !(await lockBaseSync(tx, environmentId, base.value)))
      return fail("unknown_sync");
    const existing = await findSync(tx, environmentId, place);
    if (!existing.ok) return existing;
    if (existing.value !== null) return fail("sync_variant_already_exists");
    if ((await countVariants(tx, environmentId, base.value)) >= maxVariants) return fail("resource_capped");
    return ok(await insertVariant(tx, environmentId, base.value, variant));
  });
}

/** Deletes a variant with the records that no other sync of the connection writes in a variant of that name. */
export async function removeVariant(
  db: Database,
  environmentId: number,
  place: VariantTarget,
): Promise<Result<null, "unknown_connection" | "unknown_sync">> {
  return db.transaction(async (tx) => {
    const found = await findSync(tx, environmentId, place);
    if (!found.ok) return found;
    const sync = found.value;
    if (sync === null || !(await deleteVariant(tx, environmentId, sync))) return fail("unknown_sync");
    const kept = await listModelsInVariant(tx, environmentId, sync.connectionRowId, sync.variant);
    const models = sync.models.filter((model) => !kept.has(model));
    const stored = models.map((model) => toStoredModelName(model, sync.variant));
    // In order, so that two deletions wait for each other and do not deadlock.
    for (const model of stored.toSorted()) {
      await lockRecordSet(tx, environmentId, { connectionId: sync.connectionRowId, model });
    }
    await deleteConnectionRecords(tx, environmentId, sync.connectionRowId, stored);
    return ok(null);
  });
}
