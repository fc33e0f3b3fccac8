import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable, Transaction } from "@/lib/infrastructure/db/client";
import { nextId } from "@/lib/infrastructure/db/next-id";
import type { EndUser } from "./end-user";
import { connectionFilterCondition } from "./filter-store";
import type { Connection, ConnectionFilter, JsonObject, Page } from "./model";

// Explicit columns: never selects credentials.
const columns = {
  id: connections.id,
  connectionId: connections.connectionId,
  providerConfigKey: integrations.uniqueKey,
  provider: integrations.provider,
  endUser: connections.endUser,
  tags: connections.tags,
  metadata: connections.metadata,
  connectionConfig: connections.connectionConfig,
  refreshFailure: connections.refreshFailure,
  createdAt: connections.createdAt,
  updatedAt: connections.updatedAt,
  lastFetchedAt: connections.lastFetchedAt,
};

const byConnectionId = (environmentId: number, uniqueKey: string, connectionId: string) =>
  and(
    eq(connections.environmentId, environmentId),
    eq(integrations.environmentId, environmentId),
    eq(integrations.id, connections.integrationId),
    eq(integrations.uniqueKey, uniqueKey),
    eq(connections.connectionId, connectionId),
    isNull(connections.deletedAt),
  );

const byRowId = (environmentId: number, id: number) =>
  and(eq(connections.environmentId, environmentId), eq(connections.id, id), isNull(connections.deletedAt));

/** Lists one page of an environment's live connections, newest first. */
export async function listConnections(
  db: Queryable,
  environmentId: number,
  filter: ConnectionFilter,
  { limit, page }: Page,
): Promise<Connection[]> {
  return db
    .select(columns)
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(connectionFilterCondition(environmentId, filter))
    .orderBy(desc(connections.createdAt), desc(connections.id))
    .limit(limit)
    .offset(page * limit);
}

/** Sets a connection's `lastFetchedAt` to now and returns the connection, or null when there is none. */
export async function findConnectionAndMarkFetched(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<Connection | null> {
  const [row] = await db
    .update(connections)
    .set({ lastFetchedAt: sql`now()` })
    .from(integrations)
    .where(byConnectionId(environmentId, uniqueKey, connectionId))
    .returning(columns);
  return row ?? null;
}

/** Finds a connection and locks its row until the transaction ends. Null when there is none. */
export async function lockConnection(
  tx: Transaction,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<{
  readonly id: number;
  readonly endUser: EndUser | null;
  readonly tags: Connection["tags"];
} | null> {
  const [row] = await tx
    .select({ id: connections.id, endUser: connections.endUser, tags: connections.tags })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(byConnectionId(environmentId, uniqueKey, connectionId))
    .for("update", { of: connections });
  return row ?? null;
}

/** Like `lockConnection`, by row ids. Also returns the connection's config. */
export async function lockConnectionByRowId(
  tx: Transaction,
  environmentId: number,
  integrationId: number,
  id: number,
): Promise<Pick<Connection, "endUser" | "tags" | "connectionConfig"> | null> {
  const { endUser, tags, connectionConfig } = columns;
  const [row] = await tx
    .select({ endUser, tags, connectionConfig })
    .from(connections)
    .where(and(byRowId(environmentId, id), eq(connections.integrationId, integrationId)))
    .for("update");
  return row ?? null;
}

/** Finds a live connection by its row id; null when there is none. */
export async function findConnection(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<Connection | null> {
  const [row] = await db
    .select(columns)
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(byRowId(environmentId, id));
  return row ?? null;
}

/** Finds the live connection of an integration by its connection id; null when there is none. */
export async function findConnectionByConnectionId(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<Connection | null> {
  const [row] = await db
    .select(columns)
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(byConnectionId(environmentId, uniqueKey, connectionId));
  return row ?? null;
}

/** Reserves the row id of a new connection. The credentials are sealed with the id before the insert. */
export async function nextConnectionRowId(db: Queryable): Promise<number> {
  return nextId(db, "connections");
}

export type ConnectionRow = {
  readonly endUser: EndUser | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: JsonObject | undefined;
  readonly connectionConfig: JsonObject | undefined;
  readonly credentialsSealed: Buffer;
  /** The integration's `addressVersion` that the credentials are for. */
  readonly addressVersion: number;
};

/** Inserts a connection. False when a live connection of this integration already has the connection id. */
export async function insertConnection(
  db: Queryable,
  environmentId: number,
  ids: { readonly id: number; readonly integrationId: number; readonly connectionId: string },
  values: ConnectionRow,
): Promise<boolean> {
  const rows = await db
    .insert(connections)
    .values({ ...ids, ...values, environmentId })
    .onConflictDoNothing()
    .returning({ id: connections.id });
  return rows.length > 0;
}

// Written with new credentials: the last error and a running refresh concern the credentials that they
// replace.
const clearedRefreshState = { refreshFailure: null, refreshLease: null, refreshLeaseUntil: null };

/**
 * Updates the given columns. New credentials also clear the refresh state. False when there is no connection.
 */
export async function updateConnection(
  db: Queryable,
  environmentId: number,
  id: number,
  values: Partial<ConnectionRow>,
): Promise<boolean> {
  const rows = await db
    .update(connections)
    .set({
      ...values,
      ...(values.credentialsSealed !== undefined && clearedRefreshState),
      updatedAt: sql`now()`,
    })
    .where(byRowId(environmentId, id))
    .returning({ id: connections.id });
  return rows.length > 0;
}

/** Marks a connection as deleted and erases its credentials. False when there is none. */
export async function deleteConnection(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<boolean> {
  const rows = await db
    .update(connections)
    .set({ deletedAt: sql`now()`, credentialsSealed: Buffer.alloc(0) })
    .from(integrations)
    .where(byConnectionId(environmentId, uniqueKey, connectionId))
    .returning({ id: connections.id });
  return rows.length > 0;
}
