import { and, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import { containsPattern } from "@/lib/infrastructure/db/like-pattern";
import type { ConnectionFilter } from "./model";

const endUserField = (name: "id" | "email" | "display_name") => sql`${connections.endUser} ->> ${name}`;

/** Builds the SQL condition for the live connections of an environment that match a filter. */
export function connectionFilterCondition(environmentId: number, filter: ConnectionFilter): SQL | undefined {
  const { connectionId, search, endUserId, endUserOrganizationId, integrationKeys, tags } = filter;
  const pattern = search === undefined ? undefined : containsPattern(search);
  return and(
    eq(connections.environmentId, environmentId),
    isNull(connections.deletedAt),
    connectionId === undefined ? undefined : eq(connections.connectionId, connectionId),
    pattern === undefined
      ? undefined
      : or(
          ilike(connections.connectionId, pattern),
          sql`${endUserField("display_name")} ilike ${pattern}`,
          sql`${endUserField("email")} ilike ${pattern}`,
        ),
    endUserId === undefined ? undefined : sql`${endUserField("id")} = ${endUserId}`,
    endUserOrganizationId === undefined
      ? undefined
      : sql`${connections.endUser} #>> '{organization,id}' = ${endUserOrganizationId}`,
    integrationKeys === undefined ? undefined : inArray(integrations.uniqueKey, [...integrationKeys]),
    tags === undefined ? undefined : sql`${connections.tags} @> ${JSON.stringify(tags)}::jsonb`,
  );
}
