import { bigint, boolean, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
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
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [unique("integrations_key_unique").on(t.environmentId, t.uniqueKey)],
);
