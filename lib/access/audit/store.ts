import { auditEvents } from "@/drizzle/schema/audit";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { Actor, AuditAction, AuditDetail } from "./model";

export type NewAuditEvent = {
  readonly action: AuditAction;
  readonly actor: Actor;
  readonly environment?: { readonly id: number; readonly name: string };
  readonly subject?: { readonly id: number | string; readonly name: string };
  readonly detail?: AuditDetail;
};

/**
 * Appends an audit event. Pass the transaction of the change, so that the change and its event are committed
 * together or not at all.
 */
export async function recordAuditEvent(db: Queryable, event: NewAuditEvent): Promise<void> {
  await db.insert(auditEvents).values({
    action: event.action,
    actorKind: event.actor.kind,
    actorName: event.actor.name,
    address: event.actor.address,
    userAgent: event.actor.userAgent,
    environmentId: event.environment?.id ?? null,
    environmentName: event.environment?.name ?? null,
    subjectId: event.subject === undefined ? null : String(event.subject.id),
    subjectName: event.subject?.name ?? null,
    detail: event.detail ?? {},
  });
}
