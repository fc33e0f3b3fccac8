import { and, count, eq, ne } from "drizzle-orm";
import { functions } from "@/drizzle/schema/functions";
import { syncs } from "@/drizzle/schema/syncs";
import type { Transaction } from "@/lib/infrastructure/db/client";
import type { Sync } from "./model";
import { baseVariant } from "./sync-name";

/**
 * Locks the base variant of a sync until the transaction ends. While it is locked, no other transaction
 * creates variants of the sync. False when the sync was deleted.
 */
export async function lockBaseSync(tx: Transaction, environmentId: number, base: Sync): Promise<boolean> {
  const rows = await tx
    .select({ id: syncs.id })
    .from(syncs)
    .where(and(eq(syncs.environmentId, environmentId), eq(syncs.id, base.id)))
    .for("update");
  return rows.length > 0;
}

/** Counts the variants of a sync on its connection, not counting the base variant. */
export async function countVariants(tx: Transaction, environmentId: number, base: Sync): Promise<number> {
  const [row] = await tx
    .select({ variants: count() })
    .from(syncs)
    .where(
      and(
        eq(syncs.environmentId, environmentId),
        eq(syncs.connectionRowId, base.connectionRowId),
        eq(syncs.functionId, base.functionId),
        ne(syncs.variant, baseVariant),
      ),
    );
  return row?.variants ?? 0;
}

/**
 * Inserts a variant with the schedule and frequency of its base, and returns the variant's id. Call it while
 * holding the base's lock (`lockBaseSync`).
 */
export async function insertVariant(
  tx: Transaction,
  environmentId: number,
  base: Sync,
  variant: string,
): Promise<string> {
  const { connectionRowId, functionId, schedule, frequency } = base;
  const [row] = await tx
    .insert(syncs)
    .values({ environmentId, connectionRowId, functionId, schedule, frequency, variant })
    .returning({ id: syncs.id });
  if (row === undefined) throw new Error("The insert returned no row");
  return row.id;
}

/** Deletes the row of a sync in one variant. False when it does not exist. */
export async function deleteVariantRow(tx: Transaction, environmentId: number, sync: Sync): Promise<boolean> {
  const rows = await tx
    .delete(syncs)
    .where(and(eq(syncs.environmentId, environmentId), eq(syncs.id, sync.id)))
    .returning({ id: syncs.id });
  return rows.length > 0;
}

/** Lists the models that syncs of a connection write in the variant with this name. */
export async function listModelsInVariant(
  tx: Transaction,
  environmentId: number,
  connectionRowId: number,
  variant: string,
): Promise<Set<string>> {
  const rows = await tx
    .select({ definition: functions.definition })
    .from(syncs)
    .innerJoin(functions, eq(functions.id, syncs.functionId))
    .where(
      and(
        eq(syncs.environmentId, environmentId),
        eq(syncs.connectionRowId, connectionRowId),
        eq(syncs.variant, variant),
      ),
    );
  return new Set(rows.flatMap(({ definition }) => definition.models));
}
