import { z } from "zod";
import {
  type Integration,
  oauthClientOutputSchema,
  type SealedIntegration,
  toOAuthClientOutput,
} from "@/lib/upstream/integrations/model";
import { openOAuthClient } from "@/lib/upstream/integrations/secret";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";

/**
 * An integration in a response (docs/environment-api.md, "1-2. integrations:list" and "3-4.
 * integrations:read").
 */
export const integrationDtoSchema = z.strictObject({
  unique_key: z.string(),
  provider: z.string(),
  display_name: z.string(),
  logo: z.string(),
  forward_webhooks: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  /** Only with `include=webhook`. Always null: the server receives no provider webhooks. */
  webhook_url: z.string().nullable().optional(),
  /** Only for a key with the credentials scope. Null when the provider uses no OAuth client. */
  credentials: oauthClientOutputSchema.nullable().optional(),
});

export type IntegrationDto = z.infer<typeof integrationDtoSchema>;

export function toIntegrationDto(integration: Integration): IntegrationDto {
  const { name, logo } = describeIntegration(integration);
  return {
    unique_key: integration.uniqueKey,
    provider: integration.provider,
    display_name: name,
    logo,
    forward_webhooks: integration.forwardWebhooks,
    created_at: integration.createdAt.toISOString(),
    updated_at: integration.updatedAt.toISOString(),
  };
}

/**
 * Converts an integration with its OAuth client's secret. Call it only for a key that may read credentials.
 */
export function toIntegrationDtoWithCredentials(
  masterKey: Buffer,
  integration: SealedIntegration,
): IntegrationDto {
  const client = openOAuthClient(masterKey, integration);
  return { ...toIntegrationDto(integration), credentials: client && toOAuthClientOutput(client) };
}
