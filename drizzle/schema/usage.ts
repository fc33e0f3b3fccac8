import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { UseOutcome } from "@/lib/access/api-keys/model";
import { apiKeys } from "./api-keys";
import { timestamptz } from "./columns";

/**
 * Hourly totals: the number of calls per key, hour, scope and outcome. No foreign keys, because the totals of
 * a deleted key are kept until the retention period ends.
 */
export const usageHours = pgTable(
  "usage_hours",
  {
    keyId: bigint({ mode: "number" }).notNull(),
    environmentId: bigint({ mode: "number" }).notNull(),
    /** The start of the hour, UTC. */
    hour: timestamptz().notNull(),
    /**
     * The scope that the route requires; "any valid key" if it requires none; "*" for calls counted without
     * their scope (`UsageLimits`).
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

/**
 * The recent clients of a key: one row for each client (name and version) and address. "" means unknown.
 * Deleted with the key.
 */
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

/**
 * The number of each process's last batch. A batch that is written again has the same number: it counts once.
 */
export const usageWriters = pgTable("usage_writers", {
  writer: uuid().primaryKey(),
  batch: bigint({ mode: "number" }).notNull(),
  writtenAt: timestamptz().notNull(),
});
