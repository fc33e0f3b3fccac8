import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
    /** The public id, which API requests name. `id` is the id of the row. */
    connectionId: text().notNull(),
    endUser: jsonb().$type<EndUser>(),
    tags: jsonb().$type<Record<string, string>>().notNull().default({}),
    metadata: jsonb().$type<Record<string, unknown>>(),
    connectionConfig: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Tokens or API keys as JSON, sealed. */
    credentialsSealed: bytea().notNull(),
    /** The integration's `addressVersion` when the credentials were stored. They are sent nowhere under another. */
    addressVersion: integer().notNull().default(0),
    /**
     * When and how the last refresh of the credentials failed; null if it succeeded, and before the first.
     */
    refreshFailure: jsonb().$type<RefreshError>(),
    refreshedAt: timestamptz(),
    /**
     * Id of the lease under which one process refreshes the credentials. It ends at `refreshLeaseUntil`. It
     * is not a database lock, because no transaction may stay open while the provider responds.
     */
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
