import type { Database } from "@/lib/infrastructure/db/client";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { needsReconnectMessage } from "@/lib/upstream/integrations/model";
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

/** `requestId` is the id of the API request that triggers the refresh. */
export type RefreshDependencies = {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: OutboundPolicy;
  readonly requestId: string;
};

/** Requests new credentials for a connection from its provider. Does not store them. */
export async function requestRefresh(
  dependencies: RefreshDependencies,
  connection: RefreshableConnection,
  current: RefreshableCredentials,
): Promise<Result<Credentials, TokenRequestError>> {
  const { environmentId, integrationKey, connectionConfig } = connection;
  const integration = await findSealedIntegration(dependencies.db, environmentId, integrationKey);
  const provider = findProvider(integration?.provider ?? "");
  if (integration === null || provider === null) {
    return fail({ isRefusal: true, message: "The integration no longer exists" });
  }
  // The addresses may have changed since the connection was read.
  if (integration.addressVersion !== connection.addressVersion)
    return fail({ isRefusal: true, message: needsReconnectMessage });
  const client = createTokenClient({
    provider,
    client: openOAuthClient(dependencies.masterKey, integration),
    override: current.type === "OAUTH2_CC" ? current : current.config_override,
    connectionConfig,
    custom: integration.custom,
  });
  if (!client.ok) return fail({ isRefusal: true, message: client.error });
  if (current.type === "OAUTH2_CC") {
    const response = await requestClientToken(dependencies.outbound, client.value);
    return response.ok ? ok(toClientTokenCredentials(response.value, new Date(), current)) : response;
  }
  const response = await refreshTokens(dependencies.outbound, client.value, current.refresh_token);
  return response.ok ? ok(toOAuthCredentials(response.value, new Date(), current)) : response;
}
