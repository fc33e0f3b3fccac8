import { storedModel } from "@/lib/functions/records/model";
import { deleteRecordsOf } from "@/lib/functions/records/store";
import { holdRecords } from "@/lib/functions/records/write-store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findNamedConnection } from "@/lib/upstream/connections/store";
import type { Sync } from "./model";
import { listSyncs } from "./store";
import { baseVariant, type SyncName } from "./sync-name";
import { countVariants, deleteVariant, insertVariant, lockBase, modelsInVariant } from "./variant-store";

/** Variants of one sync on one connection, besides the base (contract, section 2, 14). */
export const mostVariants = 100;

export type VariantPlace = {
  readonly uniqueKey: string;
  readonly connectionId: string;
  readonly sync: SyncName;
};

export type VariantRefusal =
  | "unknown_connection"
  | "unknown_sync"
  | "sync_variant_already_exists"
  | "resource_capped";

async function findSync(
  tx: Transaction,
  environmentId: number,
  { uniqueKey, connectionId, sync }: VariantPlace,
): Promise<Result<Sync | null, "unknown_connection">> {
  const connection = await findNamedConnection(tx, environmentId, uniqueKey, connectionId);
  if (connection === null) return fail("unknown_connection");
  const selection = { uniqueKey, connectionRow: connection.id, names: [sync] };
  const [found] = await listSyncs(tx, environmentId, selection);
  return ok(found ?? null);
}

/** Adds a variant of a sync on a connection, scheduled as its base is. Returns its id. */
export async function createVariant(
  db: Database,
  environmentId: number,
  place: VariantPlace,
): Promise<Result<string, VariantRefusal>> {
  const { name, variant } = place.sync;
  return db.transaction(async (tx) => {
    const base = await findSync(tx, environmentId, { ...place, sync: { name, variant: baseVariant } });
    if (!base.ok) return base;
    if (base.value === null || !(await lockBase(tx, environmentId, base.value))) return fail("unknown_sync");
    const existing = await findSync(tx, environmentId, place);
    if (!existing.ok) return existing;
    if (existing.value !== null) return fail("sync_variant_already_exists");
    if ((await countVariants(tx, environmentId, base.value)) >= mostVariants) return fail("resource_capped");
    return ok(await insertVariant(tx, environmentId, base.value, variant));
  });
}

/** Deletes a variant with the records that no other sync of the connection writes in a variant of that name. */
export async function removeVariant(
  db: Database,
  environmentId: number,
  place: VariantPlace,
): Promise<Result<null, "unknown_connection" | "unknown_sync">> {
  return db.transaction(async (tx) => {
    const found = await findSync(tx, environmentId, place);
    if (!found.ok) return found;
    const sync = found.value;
    if (sync === null || !(await deleteVariant(tx, environmentId, sync))) return fail("unknown_sync");
    const kept = await modelsInVariant(tx, environmentId, sync.connectionRow, sync.variant);
    const models = sync.models.filter((model) => !kept.has(model));
    const stored = models.map((model) => storedModel(model, sync.variant));
    // In order, so that two deletions wait for each other and do not deadlock.
    for (const model of stored.toSorted()) {
      await holdRecords(tx, environmentId, { connectionId: sync.connectionRow, model });
    }
    await deleteRecordsOf(tx, environmentId, sync.connectionRow, stored);
    return ok(null);
  });
}
