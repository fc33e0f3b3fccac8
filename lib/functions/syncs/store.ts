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

/** One parameter however many there are: PostgreSQL allows 65,535. */
const byName = (names: SyncSelection["names"]): SQL =>
  sql`(${functions.name}, ${syncs.variant}) in (
    select given ->> 'name', given ->> 'variant' from jsonb_array_elements(${JSON.stringify(names)}::jsonb) as given)`;

/** The syncs of live connections that a selection means, by connection, name and variant. */
export async function listSyncs(
  db: Queryable,
  environmentId: number,
  { uniqueKey, connectionRowId, names }: SyncSelection,
): Promise<Sync[]> {
  const rows = await db
    .select(columns)
    .from(syncs)
    .innerJoin(connections, eq(connections.id, syncs.connectionId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(functions, eq(functions.id, syncs.functionId))
    .where(
      and(
        eq(syncs.environmentId, environmentId),
        eq(integrations.uniqueKey, uniqueKey),
        isNull(connections.deletedAt),
        connectionRowId === null ? undefined : eq(syncs.connectionId, connectionRowId),
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
 * Makes the base syncs that are missing between the live connections and the sync functions of an integration, or of one
 * connection of it: started when the function is to start by itself, paused otherwise. To call in the transaction that
 * adds a connection or a function, after it: whichever of two such transactions comes second then sees both.
 */
export async function ensureBaseSyncs(
  db: Queryable,
  environmentId: number,
  integrationId: number,
  connectionRow?: number,
): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`syncs:${integrationId}`}, 0))`);
  const one = connectionRow === undefined ? sql`true` : eq(connections.id, connectionRow);
  await db.execute(sql`
    insert into ${syncs} (environment_id, connection_id, function_id, schedule)
    select ${connections.environmentId}, ${connections.id}, ${functions.id},
      case when ${functions.definition} ->> 'autoStart' = 'true' then 'started' else 'paused' end
    from ${connections} inner join ${functions} on ${functions.integrationId} = ${connections.integrationId}
    where ${connections.environmentId} = ${environmentId} and ${functions.environmentId} = ${environmentId}
      and ${connections.integrationId} = ${integrationId} and ${connections.deletedAt} is null and ${one}
      and ${functions.kind} = 'sync'
    on conflict do nothing`);
}

/**
 * Ends every sync of a connection, for the transaction that deletes it. One that somebody holds at this moment is passed
 * over: waiting for a deployment, which may wait for the connection, would be a deadlock, and the sync of a deleted
 * connection is out of sight as well.
 */
export async function deleteConnectionSyncs(
  db: Queryable,
  environmentId: number,
  connectionRow: number,
): Promise<void> {
  const free = db
    .select({ id: syncs.id })
    .from(syncs)
    .where(and(eq(syncs.environmentId, environmentId), eq(syncs.connectionId, connectionRow)))
    .for("update", { skipLocked: true });
  await db.delete(syncs).where(and(eq(syncs.environmentId, environmentId), inArray(syncs.id, free)));
}
