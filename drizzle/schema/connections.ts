import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { EndUser } from "@/lib/upstream/connections/end-user";
import type { RefreshError } from "@/lib/upstream/connections/model";
import { bytea, createdAt, id, timestamptz } from "./columns";
import { environments } from "./environments";
import { integrations } from "./integrations";

export const connections = pgTable(
  "connections",
  {
    id: id(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    integrationId: bigint({ mode: "number" })
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    connectionId: text().notNull(),
    endUser: jsonb().$type<EndUser>(),
    tags: jsonb().$type<Record<string, string>>().notNull().default({}),
    metadata: jsonb().$type<Record<string, unknown>>(),
    connectionConfig: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Tokens or keys as JSON, sealed. */
    credentialsSealed: bytea().notNull(),
    /** When the last refresh of the access token failed, and how; null once one succeeds. */
    refreshFailure: jsonb().$type<RefreshError>(),
    refreshedAt: timestamptz(),
    /** Who may refresh now, of all processes, and until when: a lease, so that nobody holds a lock while a provider thinks. */
    refreshLease: uuid(),
    refreshLeaseUntil: timestamptz(),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
    lastFetchedAt: timestamptz(),
    deletedAt: timestamptz(),
  },
  (t) => [
    uniqueIndex("connections_live_unique")
      .on(t.integrationId, t.connectionId)
      .where(sql`${t.deletedAt} is null`),
    index("connections_list")
      .on(t.environmentId, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.deletedAt} is null`),
    index("connections_tags").using("gin", sql`${t.tags} jsonb_path_ops`),
  ],
);
