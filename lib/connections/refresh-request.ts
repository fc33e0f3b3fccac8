import type { Database } from "../db/client";
import { openClient } from "../integrations/secret";
import { findSealedIntegration } from "../integrations/store";
import type { Outbound } from "../net/outbound";
import { oauthClient } from "../oauth/oauth-client";
import { credentialsOf, type OAuthCredentials } from "../oauth/token-answer";
import { refreshTokens, type TokenFailure } from "../oauth/token-request";
import { findProvider } from "../providers/catalogue";
import { fail, ok, type Result } from "../result";
import type { Refreshable } from "./refresh-store";

/** What a refresh needs of the process. */
export type RefreshParts = {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: Outbound;
  readonly requestId: string;
};

/** Asks the provider for new credentials in the place of those that a connection has. */
export async function requestRefresh(
  parts: RefreshParts,
  connection: Refreshable,
  before: OAuthCredentials & { readonly refresh_token: string },
): Promise<Result<OAuthCredentials, TokenFailure>> {
  const { environmentId, integrationKey, connectionConfig } = connection;
  const integration = await findSealedIntegration(parts.db, environmentId, integrationKey);
  const provider = findProvider(integration?.provider ?? "");
  if (integration === null || provider === null) {
    return fail({ isRefusal: true, message: "The integration is gone" });
  }
  const client = oauthClient({
    provider,
    client: openClient(parts.masterKey, integration),
    override: before.config_override,
    connectionConfig,
    custom: integration.custom,
  });
  if (!client.ok) return fail({ isRefusal: true, message: client.error });
  const answer = await refreshTokens(parts.outbound, client.value, before.refresh_token);
  return answer.ok ? ok(credentialsOf(answer.value, new Date(), before)) : answer;
}
