import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { functions } from "@/drizzle/schema/functions";
import { integrations } from "@/drizzle/schema/integrations";
import { syncs } from "@/drizzle/schema/syncs";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { Sync, SyncSelection } from "./model";

const columns = {
  id: syncs.id,
  connectionId: connections.connectionId,
  connectionRowId: connections.id,
  functionId: functions.id,
  name: functions.name,
  variant: syncs.variant,
  schedule: syncs.schedule,
  frequency: syncs.frequency,
  definition: functions.definition,
  checkpoint: syncs.checkpoint,
  lastRunStatus: syncs.lastRunStatus,
  lastRunFinishedAt: syncs.lastRunFinishedAt,
  lastRunResult: syncs.lastRunResult,
};

/** Condition on name and variant. All names in one parameter: PostgreSQL allows at most 65,535 parameters. */
const byName = (names: SyncSelection["names"]): SQL =>
  sql`(${functions.name}, ${syncs.variant}) in (
    select entry ->> 'name', entry ->> 'variant' from jsonb_array_elements(${JSON.stringify(names)}::jsonb) as entry)`;

/** Lists the selected syncs of live connections, sorted by connection, name and variant. */
export async function listSyncs(
  db: Queryable,
  environmentId: number,
  { uniqueKey, connectionRowId, names }: SyncSelection,
): Promise<Sync[]> {
  const rows = await db
    .select(columns)
    .from(syncs)
    .innerJoin(connections, eq(connections.id, syncs.connectionRowId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(functions, eq(functions.id, syncs.functionId))
    .where(
      and(
        eq(syncs.environmentId, environmentId),
        eq(integrations.uniqueKey, uniqueKey),
        isNull(connections.deletedAt),
        connectionRowId === null ? undefined : eq(syncs.connectionRowId, connectionRowId),
        names.length === 0 ? undefined : byName(names),
      ),
    )
    .orderBy(asc(connections.id), asc(functions.name), asc(syncs.variant));
  return rows.map(({ definition, lastRunStatus, lastRunFinishedAt, lastRunResult, ...row }) => ({
    ...row,
    deployedFrequency: definition.runs,
    models: definition.models,
    lastRun:
      lastRunStatus === null || lastRunFinishedAt === null
        ? null
        : { status: lastRunStatus, finishedAt: lastRunFinishedAt, result: lastRunResult },
  }));
}

/**
 * Creates the missing syncs, in the base variant, of an integration: one for each sync function and live
 * connection. `connectionRowId` limits them to one connection; null means all. A sync is started when its
 * function has `autoStart`, otherwise paused. Call it in the transaction that adds a connection or a
 * function, after the insert. An advisory lock lets only one such transaction per integration run at a time,
 * so that the later one sees the rows of the earlier one.
 */
export async function createMissingSyncs(
  db: Queryable,
  environmentId: number,
  integrationId: number,
  connectionRowId: number | null,
): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`syncs:${integrationId}`}, 0))`);
  const isSelected = connectionRowId === null ? sql`true` : eq(connections.id, connectionRowId);
  await db.execute(sql`
    insert into ${syncs} (environment_id, connection_id, function_id, schedule)
    select ${connections.environmentId}, ${connections.id}, ${functions.id},
      case when ${functions.definition} ->> 'autoStart' = 'true' then 'started' else 'paused' end
    from ${connections} inner join ${functions} on ${functions.integrationId} = ${connections.integrationId}
    where ${connections.environmentId} = ${environmentId} and ${functions.environmentId} = ${environmentId}
      and ${connections.integrationId} = ${integrationId} and ${connections.deletedAt} is null and ${isSelected}
      and ${functions.kind} = 'sync'
    on conflict do nothing`);
}

/**
 * Deletes the syncs of a connection. Call it in the transaction that deletes the connection. Skips locked
 * syncs: waiting for a deployment that itself waits for the connection would be a deadlock. A skipped sync is
 * never listed, because its connection is deleted.
 */
export async function deleteConnectionSyncs(
  db: Queryable,
  environmentId: number,
  connectionRowId: number,
): Promise<void> {
  const unlocked = db
    .select({ id: syncs.id })
    .from(syncs)
    .where(and(eq(syncs.environmentId, environmentId), eq(syncs.connectionRowId, connectionRowId)))
    .for("update", { skipLocked: true });
  await db.delete(syncs).where(and(eq(syncs.environmentId, environmentId), inArray(syncs.id, unlocked)));
}
