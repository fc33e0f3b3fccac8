import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";

/** Synced records of a connection. `model` is `Model` or `Model::variant`. Times have microseconds. */
export const records = pgTable(
  "records",
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    connectionId: bigint({ mode: "number" })
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    model: text().notNull(),
    externalId: text().notNull(),
    /** Null after pruning. */
    data: jsonb().$type<Record<string, unknown>>(),
    lastAction: text().$type<"ADDED" | "UPDATED" | "DELETED">().notNull(),
    firstSeenAt: timestamptz().notNull(),
    updatedAt: timestamptz().notNull(),
    deletedAt: timestamptz(),
    prunedAt: timestamptz(),
  },
  (t) => [
    unique("records_external_unique").on(t.connectionId, t.model, t.externalId),
    index("records_cursor").on(t.connectionId, t.model, t.updatedAt, t.id),
  ],
);
