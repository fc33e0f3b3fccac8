import { and, eq } from "drizzle-orm";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";

/**
 * Reads the columns of an integration that a reveal needs. Only `revealIntegration` may call it. Null when
 * there is no such integration.
 */
export async function findRevealableIntegration(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<{
  readonly id: number;
  readonly uniqueKey: string;
  readonly custom: Readonly<Record<string, string>>;
  readonly credentialsSealed: Buffer | null;
} | null> {
  const [row] = await db
    .select({
      id: integrations.id,
      uniqueKey: integrations.uniqueKey,
      custom: integrations.custom,
      credentialsSealed: integrations.credentialsSealed,
    })
    .from(integrations)
    .where(and(eq(integrations.environmentId, environmentId), eq(integrations.id, id)));
  return row ?? null;
}
