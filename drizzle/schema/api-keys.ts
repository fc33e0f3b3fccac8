import { sql } from "drizzle-orm";
import { bigint, check, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea, createdAt, id, timestamptz } from "./columns";
import { environments } from "./environments";

export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    displayName: text().notNull(),
    /** SHA-256 of the whole key. Requests find a key by this hash only. */
    hash: bytea().notNull().unique(),
    /** The key itself, sealed with AES-256-GCM under the master key; the key's id is the associated data. */
    sealed: bytea().notNull(),
    /** `lk_live_` or `lk_test_`. Stored, because the environment's production flag may change later. */
    prefix: text().notNull(),
    lastFour: text().notNull(),
    scopes: text().array().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: timestamptz(),
    lastUsedAt: timestamptz(),
    /**
     * The last authenticated call: `{ method, route, status, client, address }`. Null before the first call,
     * and when the details were dropped.
     */
    lastUse: jsonb(),
  },
  (t) => [
    uniqueIndex("api_keys_name_unique").on(t.environmentId, sql`lower(${t.displayName})`),
    // Deny by default: a key has at least one explicit grant, and Full access excludes all others.
    check("api_keys_scopes_explicit", sql`cardinality(${t.scopes}) > 0`),
    check(
      "api_keys_full_access_alone",
      sql`not ('environment:*' = any(${t.scopes})) or cardinality(${t.scopes}) = 1`,
    ),
    check("api_keys_name_length", sql`char_length(${t.displayName}) between 1 and 255`),
  ],
);
