import { bigint, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { ConnectOverrides } from "@/lib/connect/sessions/model";
import type { EndUser } from "@/lib/upstream/connections/end-user";
import type { IntegrationDefaults } from "@/lib/upstream/integrations/model";
import { bytea, createdAt, id, timestamptz } from "./columns";
import { connections } from "./connections";
import { environments } from "./environments";
import { integrations } from "./integrations";

/** A connect session: a time-limited permission for one end user to connect an account. */
export const connectSessions = pgTable(
  "connect_sessions",
  {
    id: id(),
    environmentId: bigint({ mode: "number" })
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    /** SHA-256 of the token. The token itself is not stored. */
    tokenHash: bytea().notNull().unique("connect_sessions_token_unique"),
    endUser: jsonb().$type<EndUser>(),
    tags: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Unique keys of integrations; null allows every integration of the environment. */
    allowedIntegrations: text().array(),
    integrationsConfigDefaults: jsonb().$type<Record<string, IntegrationDefaults>>(),
    overrides: jsonb().$type<Record<string, ConnectOverrides>>(),
    /** The connection that this session reconnects; null if it creates a new one. */
    reconnectConnectionRowId: bigint("reconnects", { mode: "number" }).references(() => connections.id, {
      onDelete: "cascade",
    }),
    /** The connection that this session created or reconnected last. */
    lastConnectionRowId: bigint("connected", { mode: "number" }).references(() => connections.id, {
      onDelete: "set null",
    }),
    createdAt: createdAt(),
    expiresAt: timestamptz().notNull(),
  },
  (t) => [index("connect_sessions_expiry").on(t.environmentId, t.expiresAt)],
);

/** A pending OAuth authorization request (RFC 6749, 4.1; PKCE, RFC 7636). Single use. */
export const oauthStates = pgTable("oauth_states", {
  id: id(),
  stateHash: bytea().notNull().unique("oauth_states_state_unique"),
  connectSessionId: bigint({ mode: "number" })
    .notNull()
    .references(() => connectSessions.id, { onDelete: "cascade" }),
  integrationId: bigint({ mode: "number" })
    .notNull()
    .references(() => integrations.id, { onDelete: "cascade" }),
  codeVerifierSealed: bytea().notNull(),
  /** The integration's `addressVersion` when the authorization began. */
  addressVersion: integer().notNull().default(0),
  connectionConfig: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  createdAt: createdAt(),
  expiresAt: timestamptz().notNull(),
});
