import { and, count, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { connectionFilterCondition } from "./filter-store";
import {
  type ConnectionDetail,
  type ConnectionListQuery,
  type ConnectionView,
  toConnectionFilter,
} from "./view";

// Explicit columns: never selects credentials.
const columns = {
  id: connections.id,
  connectionId: connections.connectionId,
  integration: integrations.uniqueKey,
  provider: integrations.provider,
  endUser: connections.endUser,
  tags: connections.tags,
  createdAt: connections.createdAt,
  lastFetchedAt: connections.lastFetchedAt,
  failure: connections.refreshFailure,
};

type Row = Omit<ConnectionView, "createdAt" | "lastFetchedAt"> & {
  readonly createdAt: Date;
  readonly lastFetchedAt: Date | null;
};

function toView({ failure, ...row }: Row): ConnectionView {
  return {
    ...row,
    failure: failure && { at: failure.at, message: failure.message, failures: failure.failures },
    createdAt: row.createdAt.toISOString(),
    lastFetchedAt: row.lastFetchedAt?.toISOString() ?? null,
  };
}

function listCondition(environmentId: number, query: ConnectionListQuery): SQL | undefined {
  return and(
    connectionFilterCondition(environmentId, toConnectionFilter(query)),
    query.state === undefined ? undefined : isNotNull(connections.refreshFailure),
  );
}

/**
 * Builds the SQL condition for the connections that follow the one with this row id in the list. Also works
 * when that connection has been deleted, because its row stays stored.
 */
function followsInList(environmentId: number, id: number): SQL {
  return sql`(${connections.createdAt}, ${connections.id}) < (
    select c.created_at, c.id from connections c where c.id = ${id} and c.environment_id = ${environmentId}
  )`;
}

/** Lists one page of an environment's connections, newest first; `hasMore` is true when older ones follow. */
export async function listConnectionViews(
  db: Queryable,
  environmentId: number,
  query: ConnectionListQuery,
  size: number,
): Promise<{ readonly connections: ConnectionView[]; readonly hasMore: boolean }> {
  const rows = await db
    .select(columns)
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      and(
        listCondition(environmentId, query),
        query.before === undefined ? undefined : followsInList(environmentId, query.before),
      ),
    )
    .orderBy(desc(connections.createdAt), desc(connections.id))
    .limit(size + 1);
  return { connections: rows.slice(0, size).map(toView), hasMore: rows.length > size };
}

/** Counts the connections on all pages of the list. */
export async function countConnectionViews(
  db: Queryable,
  environmentId: number,
  query: ConnectionListQuery,
): Promise<number> {
  const [row] = await db
    .select({ found: count() })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(listCondition(environmentId, query));
  return row?.found ?? 0;
}

/** Finds the view of a live connection by its row id; null when there is none. */
export async function findConnectionView(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<ConnectionDetail | null> {
  const [row] = await db
    .select({
      ...columns,
      updatedAt: connections.updatedAt,
      metadata: connections.metadata,
      connectionConfig: connections.connectionConfig,
    })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.id, id),
        isNull(connections.deletedAt),
      ),
    );
  if (row === undefined) return null;
  const { updatedAt, metadata, connectionConfig, ...shared } = row;
  return { ...toView(shared), updatedAt: updatedAt.toISOString(), metadata, connectionConfig };
}
