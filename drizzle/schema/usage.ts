import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { UseOutcome } from "@/lib/access/api-keys/model";
import { apiKeys } from "./api-keys";
import { timestamptz } from "./columns";

/**
 * Calls per key, hour, required scope and outcome. No foreign keys: the usage of a deleted key is kept until
 * retention removes its hours.
 */
export const usageHours = pgTable(
  "usage_hours",
  {
    keyId: bigint({ mode: "number" }).notNull(),
    environmentId: bigint({ mode: "number" }).notNull(),
    /** The start of the hour, UTC. */
    hour: timestamptz().notNull(),
    /**
     * The scope that the route requires; "any valid key" if it requires none, "*" for calls whose scope was
     * merged away.
     */
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

/** Recent callers of a key, one row per client and address, deleted with the key. "" means unknown. */
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

/** The last batch of each process, so that a batch sent again after a lost response is counted once. */
export const usageWriters = pgTable("usage_writers", {
  writer: uuid().primaryKey(),
  batch: bigint({ mode: "number" }).notNull(),
  writtenAt: timestamptz().notNull(),
});
