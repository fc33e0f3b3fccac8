import { z } from "zod";
import { scopeListSchema } from "@/lib/infrastructure/settings/shared-apps";

export const uniqueKeySchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9~:.@ _-]+$/, "May hold letters, digits, spaces and ~ : . @ _ -");

export const providerNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_-]+$/, "May hold letters, digits, _ and -");

/** The client of an OAuth provider as the API takes it. In a change, an empty `webhook_secret` removes the stored one. */
export const oauthClientInputSchema = z.strictObject({
  type: z.enum(["OAUTH1", "OAUTH2", "TBA"]),
  client_id: z.string().min(1).max(255),
  client_secret: z.string().min(1).max(10_000),
  scopes: scopeListSchema.optional(),
  webhook_secret: z.string().max(255).optional(),
});

export type OAuthClientInput = Readonly<z.infer<typeof oauthClientInputSchema>>;

/** What a key with the credentials scope is shown of an integration. */
export const oauthClientOutputSchema = z.strictObject({
  type: z.enum(["OAUTH1", "OAUTH2", "TBA"]),
  client_id: z.string(),
  client_secret: z.string(),
  scopes: z.string().nullable(),
  webhook_secret: z.string().nullable(),
});

export type OAuthClientOutput = Readonly<z.infer<typeof oauthClientOutputSchema>>;

/** What is sealed in an integration's row. A client that is `shared` is the operator's: it is used and never shown. */
export const storedOAuthClientSchema = oauthClientOutputSchema.extend({ shared: z.literal(true).optional() });

export type StoredOAuthClient = Readonly<z.infer<typeof storedOAuthClientSchema>>;

/** The client as it may be shown: a shared one as empty strings (contract, section 2, 3-4). */
export function toOAuthClientOutput({ shared, ...client }: StoredOAuthClient): OAuthClientOutput {
  if (shared !== true) return client;
  return { type: client.type, client_id: "", client_secret: "", scopes: "", webhook_secret: null };
}

export const newIntegrationSchema = z.strictObject({
  provider: providerNameSchema,
  unique_key: uniqueKeySchema,
  display_name: z.string().min(1).max(255).optional(),
  forward_webhooks: z.boolean().optional(),
  credentials: oauthClientInputSchema.optional(),
});

/** An integration that is to use the shared app of its provider. */
export const quickstartIntegrationSchema = newIntegrationSchema.omit({ credentials: true });

export type NewIntegration = Readonly<z.infer<typeof newIntegrationSchema>>;

export const integrationChangeSchema = z.strictObject({
  unique_key: uniqueKeySchema.optional(),
  display_name: z.string().min(1).max(255).optional(),
  forward_webhooks: z.boolean().optional(),
  credentials: oauthClientInputSchema.optional(),
  custom: z.record(z.string().max(255), z.string().max(10_000)).optional(),
});

export type IntegrationChange = Readonly<z.infer<typeof integrationChangeSchema>>;

/** An integration without its secrets. */
export type Integration = {
  readonly id: number;
  readonly uniqueKey: string;
  readonly provider: string;
  /** Null when none was given: then the provider's stands in. */
  readonly displayName: string | null;
  readonly forwardWebhooks: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type SealedIntegration = Integration & {
  readonly credentialsSealed: Buffer | null;
  readonly custom: Readonly<Record<string, string>>;
};

export type IntegrationError =
  | "unknown_provider"
  | "credentials_mismatch"
  | "missing_credentials"
  | "no_shared_app"
  | "duplicate_key"
  | "has_connections"
  | "not_found";

/** What a connection of one integration starts from, chosen by the application and not by the end user. */
export type IntegrationDefaults = {
  /** Sent as `user_scope`, which Slack asks the person's own token for. */
  readonly user_scopes?: string | undefined;
  /** More parameters for the provider's authorization page. */
  readonly authorization_params?: Readonly<Record<string, string>> | undefined;
  /** Goes into the connection's config; `oauth_scopes_override` replaces the integration's scopes. */
  readonly connection_config?: Readonly<Record<string, unknown>> | undefined;
};
