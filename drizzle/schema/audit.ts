import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { AuditAction, AuditDetail } from "@/lib/access/audit/model";
import { id, timestamptz } from "./columns";

/**
 * The audit log. Append-only (a trigger rejects update, delete and truncate), so no column references a row
 * that may be deleted: names are copied, ids are kept only for filtering.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: id(),
    at: timestamptz().notNull().defaultNow(),
    action: text().$type<AuditAction>().notNull(),
    actorKind: text().$type<"member" | "command_line" | "system" | "anonymous">().notNull(),
    /** An e-mail address, the user of the command line, or "system". */
    actorName: text().notNull(),
    environmentId: bigint({ mode: "number" }),
    environmentName: text(),
    /** Id of the key, variable or member acted on, as text. `subjectName` is its name at that time. */
    subjectId: text(),
    subjectName: text(),
    detail: jsonb().$type<AuditDetail>().notNull().default({}),
    address: text(),
    userAgent: text(),
  },
  (t) => [
    index("audit_events_environment").on(t.environmentId, t.id.desc()),
    index("audit_events_sign_in").on(t.action, t.at),
  ],
);
