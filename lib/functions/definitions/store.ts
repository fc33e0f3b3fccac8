import { and, asc, eq, sql } from "drizzle-orm";
import { functions, functionVersions } from "@/drizzle/schema/functions";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { DeployedFunction, FunctionCode } from "./model";

// Explicit columns: never selects the code, which may be megabytes.
const columns = {
  id: functions.id,
  providerConfigKey: integrations.uniqueKey,
  provider: integrations.provider,
  kind: functions.kind,
  name: functions.name,
  event: functions.event,
  version: functions.version,
  definition: functions.definition,
  enabled: functions.enabled,
  sdkVersion: functions.sdkVersion,
  deployedAt: functions.deployedAt,
};

const ofEnvironment = (environmentId: number) => eq(functions.environmentId, environmentId);

/** Lists the functions of an environment, sorted by integration and name. */
export async function listFunctions(db: Queryable, environmentId: number): Promise<DeployedFunction[]> {
  return db
    .select(columns)
    .from(functions)
    .innerJoin(integrations, eq(integrations.id, functions.integrationId))
    .where(ofEnvironment(environmentId))
    .orderBy(asc(integrations.uniqueKey), asc(functions.name), asc(functions.id));
}

/** Lists the actions of one integration, including disabled ones, sorted by name. */
export async function listActions(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
): Promise<DeployedFunction[]> {
  return db
    .select(columns)
    .from(functions)
    .innerJoin(integrations, eq(integrations.id, functions.integrationId))
    .where(
      and(ofEnvironment(environmentId), eq(integrations.uniqueKey, uniqueKey), eq(functions.kind, "action")),
    )
    .orderBy(asc(functions.name));
}

/** Finds an action, also a disabled one, by its integration's key and its name; null when there is none. */
export async function findAction(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
  name: string,
): Promise<DeployedFunction | null> {
  const [row] = await db
    .select(columns)
    .from(functions)
    .innerJoin(integrations, eq(integrations.id, functions.integrationId))
    .where(
      and(
        ofEnvironment(environmentId),
        eq(integrations.uniqueKey, uniqueKey),
        eq(functions.kind, "action"),
        eq(functions.name, name),
      ),
    );
  return row ?? null;
}

/** Finds a function by its id; null when the environment has none. */
export async function findFunction(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<DeployedFunction | null> {
  const [row] = await db
    .select(columns)
    .from(functions)
    .innerJoin(integrations, eq(integrations.id, functions.integrationId))
    .where(and(ofEnvironment(environmentId), eq(functions.id, id)));
  return row ?? null;
}

/** Finds the code of a function's version; null when there is no such version. */
export async function findFunctionCode(
  db: Queryable,
  environmentId: number,
  functionId: number,
  version: string,
): Promise<FunctionCode | null> {
  const [row] = await db
    .select({ js: functionVersions.js, ts: functionVersions.ts })
    .from(functionVersions)
    .innerJoin(functions, eq(functions.id, functionVersions.functionId))
    .where(
      and(
        ofEnvironment(environmentId),
        eq(functionVersions.functionId, functionId),
        eq(functionVersions.version, version),
      ),
    );
  return row ?? null;
}

/**
 * Returns the SHA-256 hashes, in hex, of the current code of each function, by function id. A deployment
 * compares them to detect changes without reading the code.
 */
export async function listCodeHashes(
  db: Queryable,
  environmentId: number,
): Promise<Map<number, { readonly js: string; readonly ts: string }>> {
  const rows = await db
    .select({
      id: functions.id,
      js: sql<string>`encode(sha256(convert_to(${functionVersions.js}, 'UTF8')), 'hex')`,
      ts: sql<string>`encode(sha256(convert_to(${functionVersions.ts}, 'UTF8')), 'hex')`,
    })
    .from(functions)
    .innerJoin(
      functionVersions,
      and(eq(functionVersions.functionId, functions.id), eq(functionVersions.version, functions.version)),
    )
    .where(ofEnvironment(environmentId));
  return new Map(rows.map(({ id, js, ts }) => [id, { js, ts }]));
}
