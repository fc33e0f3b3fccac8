import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { UseOutcome } from "@/lib/access/api-keys/model";
import { apiKeys } from "./api-keys";
import { timestamptz } from "./columns";

/**
 * Calls per key, hour, scope asked for and outcome. References nothing: what a key did stays known after it is deleted,
 * until retention removes the hour.
 */
export const usageHours = pgTable(
  "usage_hours",
  {
    keyId: bigint({ mode: "number" }).notNull(),
    environmentId: bigint({ mode: "number" }).notNull(),
    /** The full hour, UTC. */
    hour: timestamptz().notNull(),
    /** The scope the route asks for; "any valid key" where it asks for none, "*" where details were merged. */
    scope: text().notNull(),
    outcome: text().$type<UseOutcome>().notNull(),
    calls: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.keyId, t.hour, t.scope, t.outcome] }),
    index("usage_hours_hour").on(t.hour),
    index("usage_hours_environment").on(t.environmentId, t.hour),
  ],
);

/** Who used a key lately: one row per client and address, gone with the key. Empty text where it is not known. */
export const keyCallers = pgTable(
  "key_callers",
  {
    keyId: bigint({ mode: "number" })
      .notNull()
      .references(() => apiKeys.id, { onDelete: "cascade" }),
    client: text().notNull(),
    address: text().notNull(),
    firstSeenAt: timestamptz().notNull(),
    lastSeenAt: timestamptz().notNull(),
    calls: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.keyId, t.client, t.address] }),
    index("key_callers_last_seen").on(t.lastSeenAt),
  ],
);

/** The last batch each process has written: a batch sent again after a lost answer is counted once. */
export const usageWriters = pgTable("usage_writers", {
  writer: uuid().primaryKey(),
  batch: bigint({ mode: "number" }).notNull(),
  writtenAt: timestamptz().notNull(),
});
