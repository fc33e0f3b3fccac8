import { z } from "zod";
import { boundedRecord } from "@/lib/infrastructure/bounded-schema";
import { scopeListSchema } from "@/lib/infrastructure/settings/shared-apps";

export const uniqueKeySchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9~:.@ _-]+$/, "May contain only letters, digits, spaces and ~ : . @ _ -");

export const providerNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_-]+$/, "May contain only letters, digits, _ and -");

/** Schema of an OAuth client in a request. In a change, an empty `webhook_secret` removes the stored one. */
const oauthClientInputSchema = z.strictObject({
  type: z.enum(["OAUTH1", "OAUTH2", "TBA"]),
  client_id: z.string().min(1).max(255),
  client_secret: z.string().min(1).max(10_000),
  scopes: scopeListSchema.optional(),
  webhook_secret: z.string().max(255).optional(),
});

export type OAuthClientInput = Readonly<z.infer<typeof oauthClientInputSchema>>;

/** Schema of an integration's OAuth client in a response to a key with the credentials scope. */
export const oauthClientOutputSchema = z.strictObject({
  type: z.enum(["OAUTH1", "OAUTH2", "TBA"]),
  client_id: z.string(),
  client_secret: z.string(),
  scopes: z.string().nullable(),
  webhook_secret: z.string().nullable(),
});

export type OAuthClientOutput = Readonly<z.infer<typeof oauthClientOutputSchema>>;

/**
 * Schema of the client that is sealed in an integration's row. A `shared` client belongs to the operator. It
 * is used, but never returned or revealed.
 */
export const storedOAuthClientSchema = oauthClientOutputSchema.extend({ shared: z.literal(true).optional() });

export type StoredOAuthClient = Readonly<z.infer<typeof storedOAuthClientSchema>>;

/**
 * Converts a client to the form of a response. A shared client becomes empty strings
 * (docs/environment-api.md, "3-4. integrations:read").
 */
export function toOAuthClientOutput({ shared, ...client }: StoredOAuthClient): OAuthClientOutput {
  if (shared !== true) return client;
  return { type: client.type, client_id: "", client_secret: "", scopes: "", webhook_secret: null };
}

const customSchema = boundedRecord(z.string().max(255), z.string().max(10_000), 100);

export const newIntegrationSchema = z.strictObject({
  provider: providerNameSchema,
  unique_key: uniqueKeySchema,
  display_name: z.string().min(1).max(255).optional(),
  forward_webhooks: z.boolean().optional(),
  credentials: oauthClientInputSchema.optional(),
  custom: customSchema.optional(),
});

/** Schema of a new integration that uses the operator's shared app. */
export const quickstartIntegrationSchema = newIntegrationSchema.omit({
  credentials: true,
  custom: true,
});

export type NewIntegration = Readonly<z.infer<typeof newIntegrationSchema>>;

export const integrationChangeSchema = z.strictObject({
  unique_key: uniqueKeySchema.optional(),
  display_name: z.string().min(1).max(255).optional(),
  forward_webhooks: z.boolean().optional(),
  credentials: oauthClientInputSchema.optional(),
  custom: customSchema.optional(),
});

export type IntegrationChange = Readonly<z.infer<typeof integrationChangeSchema>>;

/** An integration without its secrets. */
export type Integration = {
  readonly id: number;
  readonly uniqueKey: string;
  readonly provider: string;
  /** Null when none is set. The provider's display name is then shown. */
  readonly displayName: string | null;
  readonly forwardWebhooks: boolean;
  /** Credentials of a connection are valid for the addresses of one version only. */
  readonly addressVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** An integration with its sealed OAuth client, null when it has none, and its `custom` values. */
export type SealedIntegration = Integration & {
  readonly credentialsSealed: Buffer | null;
  readonly custom: Readonly<Record<string, string>>;
  /** Origins besides the provider's to which the proxy may send credentials. */
  readonly overrideOrigins: readonly string[];
};

/** The refresh error of a connection whose credentials were stored for earlier addresses. */
export const needsReconnectMessage =
  "The connection needs to be reconnected: an address of its integration has changed";

export type IntegrationError =
  | "unknown_provider"
  | "credentials_mismatch"
  | "missing_credentials"
  | "no_shared_app"
  | "duplicate_key"
  | "has_connections"
  | "not_found";

/** Values that the application sets in a connect session, for the connections of one integration. */
export type IntegrationDefaults = {
  /** Sent as `user_scope`: the scopes of the user token that Slack issues next to the bot token. */
  readonly user_scopes?: string | undefined;
  /** Extra parameters of the authorization request. */
  readonly authorization_params?: Readonly<Record<string, string>> | undefined;
  /**
   * Merged into the connection's config, except `oauth_scopes_override`, which replaces the integration's
   * scopes.
   */
  readonly connection_config?: Readonly<Record<string, unknown>> | undefined;
};
