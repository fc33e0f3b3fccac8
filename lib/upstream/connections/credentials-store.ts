import { and, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import type { Queryable } from "@/lib/infrastructure/db/client";

/**
 * Reads the sealed credentials of live connections, by row id. Does not check permissions: check first that
 * the credentials may be disclosed or used.
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
        // All ids in one parameter: PostgreSQL allows at most 65,535 parameters.
        sql`${connections.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint)`,
        isNull(connections.deletedAt),
      ),
    );
  return new Map(rows.map(({ id, sealed }) => [id, sealed]));
}
