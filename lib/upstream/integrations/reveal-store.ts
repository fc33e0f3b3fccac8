import { and, eq } from "drizzle-orm";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";

/**
 * Reads the parts of an integration that a reveal returns. Only `revealIntegration` may call it. Null when
 * there is none.
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
