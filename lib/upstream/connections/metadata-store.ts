import { and, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import type { Database } from "@/lib/infrastructure/db/client";
import type { JsonObject } from "./model";

export type MetadataChange = {
  readonly uniqueKey: string;
  readonly connectionIds: readonly string[];
  readonly metadata: JsonObject;
  /** `merge` is shallow: new fields replace stored ones of the same name; other stored fields stay. */
  readonly mode: "replace" | "merge";
};

/**
 * Writes metadata to all listed connections. Returns false and writes nothing when one of them does not
 * exist.
 */
export async function writeMetadata(
  db: Database,
  environmentId: number,
  { uniqueKey, connectionIds, metadata, mode }: MetadataChange,
): Promise<boolean> {
  const uniqueIds = new Set(connectionIds);
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: connections.id })
      .from(connections)
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .where(
        and(
          eq(connections.environmentId, environmentId),
          eq(integrations.uniqueKey, uniqueKey),
          isNull(connections.deletedAt),
          sql`${connections.connectionId} in (select jsonb_array_elements_text(${JSON.stringify([...uniqueIds])}::jsonb))`,
        ),
      )
      // Rows are locked in id order, so that requests for overlapping lists cannot deadlock.
      .orderBy(connections.id)
      .for("update", { of: connections });
    if (rows.length !== uniqueIds.size) return false;
    const newMetadata = sql`${JSON.stringify(metadata)}::jsonb`;
    await tx
      .update(connections)
      .set({
        metadata:
          mode === "replace"
            ? newMetadata
            : sql`coalesce(${connections.metadata}, '{}'::jsonb) || ${newMetadata}`,
        updatedAt: sql`now()`,
      })
      .where(
        and(
          eq(connections.environmentId, environmentId),
          sql`${connections.id} in (select jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::jsonb)::bigint)`,
        ),
      );
    return true;
  });
}
