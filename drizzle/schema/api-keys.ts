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
    /** SHA-256 of the whole key: the only way a request finds it. */
    hash: bytea().notNull().unique(),
    /** The key itself, AES-256-GCM under the master key with the key's id as associated data. */
    sealed: bytea().notNull(),
    /** `lk_live_` or `lk_test_`: kept, since an environment may become a production one later. */
    prefix: text().notNull(),
    lastFour: text().notNull(),
    scopes: text().array().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: timestamptz(),
    lastUsedAt: timestamptz(),
    /** What the last call was: `{ method, path, status, client, address }`. */
    lastUse: jsonb(),
  },
  (t) => [
    uniqueIndex("api_keys_name_unique").on(t.environmentId, sql`lower(${t.displayName})`),
    // Deny is the zero value: no key without an explicit grant, and Full access stands alone.
    check("api_keys_scopes_explicit", sql`cardinality(${t.scopes}) > 0`),
    check(
      "api_keys_full_access_alone",
      sql`not ('environment:*' = any(${t.scopes})) or cardinality(${t.scopes}) = 1`,
    ),
    check("api_keys_name_length", sql`char_length(${t.displayName}) between 1 and 255`),
  ],
);
