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
    /** The key itself, sealed under the master key (`lib/access/api-keys/seal-key.ts`). */
    sealed: bytea().notNull(),
    /** `lk_live_` or `lk_test_`. Stored, because the production flag of the environment can change later. */
    prefix: text().notNull(),
    lastFour: text().notNull(),
    scopes: text().array().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: timestamptz(),
    lastUsedAt: timestamptz(),
    /**
     * Details of the last authenticated call (`LastUse`). Null before the first call, and when the details
     * were dropped at a limit (`UsageLimits`).
     */
    lastUse: jsonb(),
  },
  (t) => [
    uniqueIndex("api_keys_name_unique").on(t.environmentId, sql`lower(${t.displayName})`),
    // A key has at least one explicit grant: no list of scopes means Full access by being empty.
    check("api_keys_scopes_explicit", sql`cardinality(${t.scopes}) > 0`),
    // Full access covers all other grants.
    check(
      "api_keys_full_access_alone",
      sql`not ('environment:*' = any(${t.scopes})) or cardinality(${t.scopes}) = 1`,
    ),
    check("api_keys_name_length", sql`char_length(${t.displayName}) between 1 and 255`),
  ],
);
