import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { bytea, createdAt, id, timestamptz } from "./columns";
import { environments } from "./environments";

export const integrations = pgTable(
  "integrations",
  {
    id: id(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    uniqueKey: text().notNull(),
    provider: text().notNull(),
    displayName: text(),
    forwardWebhooks: boolean().notNull().default(true),
    /** The OAuth client (`StoredOAuthClient`) as JSON, sealed; null when the integration has none. */
    credentialsSealed: bytea(),
    custom: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Incremented when an address in `custom` changes to which credentials of connections are sent. */
    addressVersion: integer().notNull().default(0),
    /** Origins besides the provider's to which the proxy may send credentials of connections. */
    overrideOrigins: text().array().notNull().default(sql`'{}'::text[]`),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [unique("integrations_key_unique").on(t.environmentId, t.uniqueKey)],
);
