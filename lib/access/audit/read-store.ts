import { and, desc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { auditEvents } from "@/drizzle/schema/audit";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { containsPattern } from "@/lib/infrastructure/db/like-pattern";
import type { AuditFilter } from "./filter";
import type { AuditEvent } from "./model";

const columns = {
  id: auditEvents.id,
  at: auditEvents.at,
  action: auditEvents.action,
  actorKind: auditEvents.actorKind,
  actorName: auditEvents.actorName,
  environmentName: auditEvents.environmentName,
  subjectName: auditEvents.subjectName,
  detail: auditEvents.detail,
  address: auditEvents.address,
  userAgent: auditEvents.userAgent,
};

/**
 * Reads one page of an environment's audit log, newest first. `hasMore` is true if older events follow.
 * `includeWorkspaceEvents` adds the events that belong to no single environment: changes of members,
 * sign-ins, and environments that were created or deleted.
 */
export async function listAuditEvents(
  db: Queryable,
  environmentId: number,
  {
    includeWorkspaceEvents,
    filter,
    size,
  }: { readonly includeWorkspaceEvents: boolean; readonly filter: AuditFilter; readonly size: number },
): Promise<{ readonly events: AuditEvent[]; readonly hasMore: boolean }> {
  const isEnvironmentEvent = eq(auditEvents.environmentId, environmentId);
  const isWorkspaceEvent = or(
    isNull(auditEvents.environmentId),
    inArray(auditEvents.action, ["environment.create", "environment.delete"]),
  );
  const { action, person, name, before } = filter;
  const rows = await db
    .select(columns)
    .from(auditEvents)
    .where(
      and(
        includeWorkspaceEvents ? or(isEnvironmentEvent, isWorkspaceEvent) : isEnvironmentEvent,
        action === undefined ? undefined : eq(auditEvents.action, action),
        person === undefined ? undefined : sql`${auditEvents.actorName} ilike ${containsPattern(person)}`,
        name === undefined ? undefined : sql`${auditEvents.subjectName} ilike ${containsPattern(name)}`,
        before === undefined ? undefined : lt(auditEvents.id, before),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(size + 1);
  const events = rows.slice(0, size).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { events, hasMore: rows.length > size };
}
