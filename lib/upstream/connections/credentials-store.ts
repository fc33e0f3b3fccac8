import { and, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import type { Queryable } from "@/lib/infrastructure/db/client";

/**
 * The sealed credentials of live connections of an environment, by id. Its one caller is the route code that has made
 * sure the key may see them.
 */
export async function findSealedCredentials(
  db: Queryable,
  environmentId: number,
  ids: readonly number[],
): Promise<Map<number, Buffer>> {
  const rows = await db
    .select({ id: connections.id, sealed: connections.credentialsSealed })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        // One parameter however many ids: PostgreSQL allows 65,535.
        sql`${connections.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint)`,
        isNull(connections.deletedAt),
      ),
    );
  return new Map(rows.map(({ id, sealed }) => [id, sealed]));
}
