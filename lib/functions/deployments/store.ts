import { and, count, countDistinct, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { functions, functionVersions } from "@/drizzle/schema/functions";
import { integrations } from "@/drizzle/schema/integrations";
import { syncs } from "@/drizzle/schema/syncs";
import type { Queryable, Transaction } from "@/lib/infrastructure/db/client";
import type { DesiredFunction } from "./desired-functions";

/**
 * Acquires the environment's deployment lock until the transaction ends. Does not wait: false when another
 * deployment holds it.
 */
export async function tryAcquireDeployLock(tx: Transaction, environmentId: number): Promise<boolean> {
  const [row] = await tx.execute<{ acquired: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`latchkey deployment ${environmentId}`}, 0)) as acquired`,
  );
  return row?.acquired === true;
}

/** Counts the live connections of each integration, by unique key. Omits integrations without connections. */
export async function countConnections(db: Queryable, environmentId: number): Promise<Map<string, number>> {
  const rows = await db
    .select({ key: integrations.uniqueKey, connections: count() })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(and(eq(connections.environmentId, environmentId), isNull(connections.deletedAt)))
    .groupBy(integrations.uniqueKey);
  return new Map(rows.map((row) => [row.key, row.connections]));
}

/** Counts the live connections that have a sync of each function, by function id. */
export async function countSyncedConnections(
  db: Queryable,
  environmentId: number,
): Promise<Map<number, number>> {
  const rows = await db
    .select({ functionId: syncs.functionId, connections: countDistinct(syncs.connectionRowId) })
    .from(syncs)
    .innerJoin(connections, eq(connections.id, syncs.connectionRowId))
    .where(and(eq(syncs.environmentId, environmentId), isNull(connections.deletedAt)))
    .groupBy(syncs.functionId);
  return new Map(rows.map((row) => [row.functionId, row.connections]));
}

/** Values of a function's new version. */
export type FunctionVersionValues = {
  readonly desired: DesiredFunction;
  readonly version: string;
  readonly sdkVersion: string | null;
};

/** Inserts a function with its first version. Returns the function's id. */
export async function insertFunction(
  tx: Transaction,
  environmentId: number,
  integrationId: number,
  { desired, version, sdkVersion }: FunctionVersionValues,
): Promise<number> {
  const { kind, name, event, definition, code } = desired;
  const [row] = await tx
    .insert(functions)
    .values({ environmentId, integrationId, kind, name, event, version, definition, sdkVersion })
    .returning({ id: functions.id });
  if (row === undefined) throw new Error("The insert returned no row");
  await tx.insert(functionVersions).values({ functionId: row.id, version, definition, ...code });
  return row.id;
}

/** Adds `version` to a function's versions and makes it the current one. Earlier versions stay stored. */
export async function updateFunction(
  tx: Transaction,
  environmentId: number,
  id: number,
  { desired, version, sdkVersion }: FunctionVersionValues,
): Promise<void> {
  const { definition, code } = desired;
  const rows = await tx
    .update(functions)
    .set({ version, definition, sdkVersion, deployedAt: sql`now()` })
    .where(and(eq(functions.environmentId, environmentId), eq(functions.id, id)))
    .returning({ id: functions.id });
  if (rows.length === 0) throw new Error(`The function ${id} was deleted during the deployment`);
  await tx.insert(functionVersions).values({ functionId: id, version, definition, ...code });
}

/** Deletes functions with their versions and, through the foreign keys, their syncs and runs. */
export async function deleteFunctions(
  tx: Transaction,
  environmentId: number,
  ids: readonly number[],
): Promise<void> {
  await tx
    .delete(functions)
    .where(
      and(
        eq(functions.environmentId, environmentId),
        sql`${functions.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint)`,
      ),
    );
}
