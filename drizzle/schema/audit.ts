import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { AuditAction, AuditDetail } from "@/lib/access/audit/model";
import { id, timestamptz } from "./columns";

/**
 * Append-only (a trigger refuses update, delete and truncate), so nothing here references a row that may go:
 * names are copied, ids are kept only to filter by.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: id(),
    at: timestamptz().notNull().defaultNow(),
    action: text().$type<AuditAction>().notNull(),
    actorKind: text().$type<"member" | "command_line" | "system" | "anonymous">().notNull(),
    /** An e-mail, the user of the command line, or "system". */
    actorName: text().notNull(),
    environmentId: bigint({ mode: "number" }),
    environmentName: text(),
    /** The thing acted on: a key's, variable's or member's id as text, and its name then. */
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
