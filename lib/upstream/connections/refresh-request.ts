import type { Database } from "@/lib/infrastructure/db/client";
import type { Outbound } from "@/lib/infrastructure/net/outbound";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { openClient } from "@/lib/upstream/integrations/secret";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";
import { tokenClient } from "@/lib/upstream/oauth/oauth-client";
import { clientTokenOf, credentialsOf } from "@/lib/upstream/oauth/token-answer";
import { refreshTokens, requestClientToken, type TokenFailure } from "@/lib/upstream/oauth/token-request";
import { findProvider } from "@/lib/upstream/providers/catalogue";
import type { Credentials } from "@/lib/upstream/providers/credentials";
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
