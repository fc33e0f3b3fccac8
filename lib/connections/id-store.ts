import { and, eq, isNull } from "drizzle-orm";
import { connections } from "../../drizzle/schema/connections";
import { integrations } from "../../drizzle/schema/integrations";
import type { Queryable } from "../db/client";

/** The row id of a live connection; null when there is none. Looking it up does not count as fetching it. */
export async function findConnectionRow(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<number | null> {
  const [row] = await db
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(integrations.environmentId, environmentId),
        eq(integrations.uniqueKey, uniqueKey),
        eq(connections.connectionId, connectionId),
        isNull(connections.deletedAt),
      ),
    );
  return row?.id ?? null;
}
