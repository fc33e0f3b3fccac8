import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { functions } from "@/drizzle/schema/functions";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { IntegrationDetail, IntegrationView } from "./view";

// Explicit columns: never selects the sealed client.
const columns = (db: Queryable) => ({
  id: integrations.id,
  uniqueKey: integrations.uniqueKey,
  provider: integrations.provider,
  displayName: integrations.displayName,
  createdAt: integrations.createdAt,
  connections: db.$count(
    connections,
    and(
      eq(connections.environmentId, integrations.environmentId),
      eq(connections.integrationId, integrations.id),
      isNull(connections.deletedAt),
    ),
  ),
  functions: db.$count(
    functions,
    and(
      eq(functions.environmentId, integrations.environmentId),
      eq(functions.integrationId, integrations.id),
    ),
  ),
});

const customNames: SQL<string[]> = sql`array(select jsonb_object_keys(${integrations.custom}) order by 1)`;

/** Lists an environment's integrations with their numbers of connections and functions, oldest first. */
export async function listIntegrationViews(db: Queryable, environmentId: number): Promise<IntegrationView[]> {
  const rows = await db
    .select(columns(db))
    .from(integrations)
    .where(eq(integrations.environmentId, environmentId))
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** Finds the view of an integration by its key; null when there is none. */
export async function findIntegrationView(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
): Promise<IntegrationDetail | null> {
  const [row] = await db
    .select({
      ...columns(db),
      forwardWebhooks: integrations.forwardWebhooks,
      updatedAt: integrations.updatedAt,
      hasClient: sql<boolean>`${integrations.credentialsSealed} is not null`,
      customNames,
      overrideOrigins: integrations.overrideOrigins,
    })
    .from(integrations)
    .where(and(eq(integrations.environmentId, environmentId), eq(integrations.uniqueKey, uniqueKey)));
  if (row === undefined) return null;
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

/** Lists the keys and display names of an environment's integrations, sorted by key, for a filter menu. */
export async function listIntegrationNames(
  db: Queryable,
  environmentId: number,
): Promise<Pick<IntegrationView, "uniqueKey" | "displayName">[]> {
  return db
    .select({ uniqueKey: integrations.uniqueKey, displayName: integrations.displayName })
    .from(integrations)
    .where(eq(integrations.environmentId, environmentId))
    .orderBy(asc(integrations.uniqueKey));
}
