import { and, count, eq, ne } from "drizzle-orm";
import { functions } from "@/drizzle/schema/functions";
import { syncs } from "@/drizzle/schema/syncs";
import type { Transaction } from "@/lib/infrastructure/db/client";
import type { Sync } from "./model";
import { baseVariant } from "./sync-name";

/** Holds the base of a sync until the transaction ends, so that its variants are counted and changed one at a time. */
export async function lockBaseSync(tx: Transaction, environmentId: number, base: Sync): Promise<boolean> {
  const rows = await tx
    .select({ id: syncs.id })
    .from(syncs)
    .where(and(eq(syncs.environmentId, environmentId), eq(syncs.id, base.id)))
    .for("update");
  return rows.length > 0;
}

export async function countVariants(tx: Transaction, environmentId: number, base: Sync): Promise<number> {
  const [row] = await tx
    .select({ variants: count() })
    .from(syncs)
    .where(
      and(
        eq(syncs.environmentId, environmentId),
        eq(syncs.connectionId, base.connectionRowId),
        eq(syncs.functionId, base.functionId),
        ne(syncs.variant, baseVariant),
      ),
    );
  return row?.variants ?? 0;
}

/** Adds a variant with the schedule and frequency of its base, which the caller holds. Returns its id. */
export async function insertVariant(
  tx: Transaction,
  environmentId: number,
  base: Sync,
  variant: string,
): Promise<string> {
  const { connectionRowId: connectionId, functionId, schedule, frequency } = base;
  const [row] = await tx
    .insert(syncs)
    .values({ environmentId, connectionId, functionId, schedule, frequency, variant })
    .returning({ id: syncs.id });
  if (row === undefined) throw new Error("An insert returned nothing");
  return row.id;
}

/** Deletes a variant; false when it is gone already. */
export async function deleteVariant(tx: Transaction, environmentId: number, sync: Sync): Promise<boolean> {
  const rows = await tx
    .delete(syncs)
    .where(and(eq(syncs.environmentId, environmentId), eq(syncs.id, sync.id)))
    .returning({ id: syncs.id });
  return rows.length > 0;
}

/** The models that syncs of a connection write in a variant of this name. */
export async function listModelsInVariant(
  tx: Transaction,
  environmentId: number,
  connectionRow: number,
  variant: string,
): Promise<Set<string>> {
  const rows = await tx
    .select({ definition: functions.definition })
    .from(syncs)
    .innerJoin(functions, eq(functions.id, syncs.functionId))
    .where(
      and(
        eq(syncs.environmentId, environmentId),
        eq(syncs.connectionId, connectionRow),
        eq(syncs.variant, variant),
      ),
    );
  return new Set(rows.flatMap(({ definition }) => definition.models));
}
