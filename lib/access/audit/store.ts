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

/** Appends one entry. Pass the transaction of the change, so that neither exists without the other. */
export async function recordAuditEvent(db: Queryable, entry: NewAuditEvent): Promise<void> {
  await db.insert(auditEvents).values({
    action: entry.action,
    actorKind: entry.actor.kind,
    actorName: entry.actor.name,
    address: entry.actor.address,
    userAgent: entry.actor.userAgent,
    environmentId: entry.environment?.id ?? null,
    environmentName: entry.environment?.name ?? null,
    subjectId: entry.subject === undefined ? null : String(entry.subject.id),
    subjectName: entry.subject?.name ?? null,
    detail: entry.detail ?? {},
  });
}
