import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";

/** The records that syncs have read through a connection. */
export const records = pgTable(
  "records",
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    connectionRowId: bigint("connection_id", { mode: "number" })
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    /** The model's name; `Model::variant` for records of a variant other than the base. */
    model: text().notNull(),
    externalId: text().notNull(),
    /** Null once the record was pruned. */
    data: jsonb().$type<Record<string, unknown>>(),
    lastAction: text().$type<"ADDED" | "UPDATED" | "DELETED">().notNull(),
    firstSeenAt: timestamptz().notNull(),
    /**
     * Compared to the microsecond, which a JavaScript `Date` does not have
     * (`lib/functions/records/cursor.ts`).
     */
    updatedAt: timestamptz().notNull(),
    deletedAt: timestamptz(),
    prunedAt: timestamptz(),
  },
  (t) => [
    unique("records_external_unique").on(t.connectionRowId, t.model, t.externalId),
    index("records_cursor").on(t.connectionRowId, t.model, t.updatedAt, t.id),
  ],
);
