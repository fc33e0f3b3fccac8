import { and, asc, eq } from "drizzle-orm";
import { functions } from "@/drizzle/schema/functions";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { FunctionView } from "./view";

/** Lists the deployed functions of one integration without their code, sorted by kind and name. */
export async function listFunctionViews(
  db: Queryable,
  environmentId: number,
  integrationId: number,
): Promise<FunctionView[]> {
  const rows = await db
    .select({
      id: functions.id,
      kind: functions.kind,
      name: functions.name,
      version: functions.version,
      definition: functions.definition,
      enabled: functions.enabled,
      deployedAt: functions.deployedAt,
    })
    .from(functions)
    .where(and(eq(functions.environmentId, environmentId), eq(functions.integrationId, integrationId)))
    .orderBy(asc(functions.kind), asc(functions.name));
  return rows.map(({ definition, deployedAt, ...row }) => ({
    ...row,
    description: definition.description,
    deployedAt: deployedAt.toISOString(),
  }));
}
