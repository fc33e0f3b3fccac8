import type { Database } from "../db/client";
import { openClient } from "../integrations/secret";
import { findSealedIntegration } from "../integrations/store";
import type { Outbound } from "../net/outbound";
import { tokenClient } from "../oauth/oauth-client";
import { clientTokenOf, credentialsOf } from "../oauth/token-answer";
import { refreshTokens, requestClientToken, type TokenFailure } from "../oauth/token-request";
import { findProvider } from "../providers/catalogue";
import { fail, ok, type Result } from "../result";
import type { Credentials } from "./credentials";
import type { RefreshableCredentials } from "./refresh-policy";
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
  before: RefreshableCredentials,
): Promise<Result<Credentials, TokenFailure>> {
  const { environmentId, integrationKey, connectionConfig } = connection;
  const integration = await findSealedIntegration(parts.db, environmentId, integrationKey);
  const provider = findProvider(integration?.provider ?? "");
  if (integration === null || provider === null) {
    return fail({ isRefusal: true, message: "The integration is gone" });
  }
  const client = tokenClient({
    provider,
    client: openClient(parts.masterKey, integration),
    override: before.type === "OAUTH2_CC" ? before : before.config_override,
    connectionConfig,
    custom: integration.custom,
  });
  if (!client.ok) return fail({ isRefusal: true, message: client.error });
  if (before.type === "OAUTH2_CC") {
    const answer = await requestClientToken(parts.outbound, client.value);
    return answer.ok ? ok(clientTokenOf(answer.value, new Date(), before)) : answer;
  }
  const answer = await refreshTokens(parts.outbound, client.value, before.refresh_token);
  return answer.ok ? ok(credentialsOf(answer.value, new Date(), before)) : answer;
}
