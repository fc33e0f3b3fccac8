import { z } from "zod";
import {
  type Integration,
  oauthClientOutputSchema,
  type SealedIntegration,
  toOAuthClientOutput,
} from "@/lib/upstream/integrations/model";
import { openOAuthClient } from "@/lib/upstream/integrations/secret";
import { describeIntegration } from "@/lib/upstream/providers/describe-integration";

/** An integration as the API answers it (contract, section 2, 1-4). */
export const integrationDtoSchema = z.strictObject({
  unique_key: z.string(),
  provider: z.string(),
  display_name: z.string(),
  logo: z.string(),
  forward_webhooks: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  /** Only when asked for: where the provider may send its events, null as long as we take none. */
  webhook_url: z.string().nullable().optional(),
  /** Only for a key with the credentials scope; null when the provider has no client. */
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

/** The same with the client's secrets, for a key that may see them. */
export function toIntegrationDtoWithCredentials(
  masterKey: Buffer,
  integration: SealedIntegration,
): IntegrationDto {
  const client = openOAuthClient(masterKey, integration);
  return { ...toIntegrationDto(integration), credentials: client && toOAuthClientOutput(client) };
}
