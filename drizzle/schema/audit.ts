import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { AuditAction, AuditDetail } from "@/lib/access/audit/model";
import { id, timestamptz } from "./columns";

/**
 * The audit log. A trigger rejects update, delete and truncate. No column references another table, because
 * events outlive the rows that they are about: names are copied, and ids are kept for filtering only.
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
    /** Id of what was acted on, for example a key, as text. `subjectName` is its name at that time. */
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
