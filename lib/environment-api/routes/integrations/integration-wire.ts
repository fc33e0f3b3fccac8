import { z } from "zod";
import {
  clientSchema,
  type Integration,
  type SealedIntegration,
  shownClient,
} from "@/lib/upstream/integrations/model";
import { openClient } from "@/lib/upstream/integrations/secret";
import { describeIntegration } from "@/lib/upstream/providers/describe";

/** An integration as the API answers it (contract, section 2, 1-4). */
export const integrationWire = z.strictObject({
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
  credentials: clientSchema.nullable().optional(),
});

export type IntegrationWire = z.infer<typeof integrationWire>;

export function toIntegrationWire(integration: Integration): IntegrationWire {
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
export function discloseIntegration(masterKey: Buffer, integration: SealedIntegration): IntegrationWire {
  const client = openClient(masterKey, integration);
  return { ...toIntegrationWire(integration), credentials: client && shownClient(client) };
}
