import type { Database } from "@/lib/infrastructure/db/client";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { openOAuthClient } from "@/lib/upstream/integrations/secret";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";
import { createTokenClient } from "@/lib/upstream/oauth/oauth-client";
import {
  refreshTokens,
  requestClientToken,
  type TokenRequestError,
} from "@/lib/upstream/oauth/token-request";
import { toClientTokenCredentials, toOAuthCredentials } from "@/lib/upstream/oauth/token-response";
import { findProvider } from "@/lib/upstream/providers/catalog";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshableCredentials } from "./refresh-policy";
import type { RefreshableConnection } from "./refresh-store";

/** What a refresh needs of the process. */
export type RefreshDependencies = {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: OutboundPolicy;
  readonly requestId: string;
};

/** Asks the provider for new credentials in the place of those that a connection has. */
export async function requestRefresh(
  parts: RefreshDependencies,
  connection: RefreshableConnection,
  before: RefreshableCredentials,
): Promise<Result<Credentials, TokenRequestError>> {
  const { environmentId, integrationKey, connectionConfig } = connection;
  const integration = await findSealedIntegration(parts.db, environmentId, integrationKey);
  const provider = findProvider(integration?.provider ?? "");
  if (integration === null || provider === null) {
    return fail({ isRefusal: true, message: "The integration is gone" });
  }
  const client = createTokenClient({
    provider,
    client: openOAuthClient(parts.masterKey, integration),
    override: before.type === "OAUTH2_CC" ? before : before.config_override,
    connectionConfig,
    custom: integration.custom,
  });
  if (!client.ok) return fail({ isRefusal: true, message: client.error });
  if (before.type === "OAUTH2_CC") {
    const answer = await requestClientToken(parts.outbound, client.value);
    return answer.ok ? ok(toClientTokenCredentials(answer.value, new Date(), before)) : answer;
  }
  const answer = await refreshTokens(parts.outbound, client.value, before.refresh_token);
  return answer.ok ? ok(toOAuthCredentials(answer.value, new Date(), before)) : answer;
}
