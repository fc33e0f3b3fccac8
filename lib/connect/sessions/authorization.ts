import { createHash } from "node:crypto";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { seal, unseal } from "@/lib/infrastructure/sealing/seal";
import { openOAuthClient } from "@/lib/upstream/integrations/secret";
import { createAuthorizationRequest } from "@/lib/upstream/oauth/authorization-request";
import { createOAuthClient } from "@/lib/upstream/oauth/oauth-client";
import { exchangeAuthorizationCode } from "@/lib/upstream/oauth/token-request";
import { toOAuthCredentials } from "@/lib/upstream/oauth/token-response";
import {
  accessDeniedError,
  type ConnectError,
  notConfiguredError,
  providerFailedError,
  unknownStateError,
} from "./connect-errors";
import { type ConnectTarget, findConnectTarget } from "./connect-target";
import { validateConnectionConfig } from "./connection-config";
import type { ConnectSession } from "./model";
import { consumeOAuthState, insertOAuthState, nextOAuthStateId } from "./oauth-state-store";
import { type ConnectDependencies, saveConnection } from "./save-connection";

/** Path of the OAuth redirect URI. */
export const callbackPath = "/oauth/callback";

/** Validity of an authorization request. Long enough to look up a password and a second factor. */
export const authorizationTimeoutMinutes = 15;

const hashState = (state: string) => createHash("sha256").update(state).digest();
const sealContext = (id: number) => `oauth_state:${id}`;

function createClients(
  { masterKey }: ConnectDependencies,
  target: ConnectTarget,
  connectionConfig: ConnectTarget["presetConfig"],
) {
  const { provider, integration } = target;
  const client = openOAuthClient(masterKey, integration);
  const { custom } = integration;
  return { client, oauth: createOAuthClient({ provider, client, connectionConfig, custom }) };
}

/**
 * Begins an OAuth authorization: validates `input`, stores the state and returns the URL of the provider's
 * authorization page. `finishAuthorization` handles the callback with the same `state`.
 */
export async function beginAuthorization(
  dependencies: ConnectDependencies,
  target: ConnectTarget,
  input: Readonly<Record<string, string>>,
  redirectUri: string,
): Promise<Result<{ readonly url: string; readonly state: string }, ConnectError>> {
  const config = validateConnectionConfig(target.provider, target.presetConfig, input);
  if (!config.ok) return config;
  const { client, oauth } = createClients(dependencies, target, config.value);
  if (!oauth.ok) return fail({ ...notConfiguredError, reason: oauth.error });
  const { provider, defaults, session, integration } = target;
  const scopes = client?.scopes ?? null;
  const request = await createAuthorizationRequest({
    oauth: oauth.value,
    provider,
    scopes,
    defaults,
    redirectUri,
  });
  const id = await nextOAuthStateId(dependencies.db);
  await insertOAuthState(dependencies.db, session, {
    id,
    stateHash: hashState(request.state),
    integrationId: integration.id,
    codeVerifierSealed: seal(dependencies.masterKey, sealContext(id), request.codeVerifier),
    connectionConfig: config.value,
    minutes: authorizationTimeoutMinutes,
  });
  return ok({ url: request.url.href, state: request.state });
}

/**
 * Finishes an OAuth authorization from the `parameters` of the callback: consumes the state, exchanges the
 * code for tokens, and creates the connection or replaces its credentials.
 */
export async function finishAuthorization(
  dependencies: ConnectDependencies & { readonly outbound: OutboundPolicy },
  session: ConnectSession,
  parameters: URLSearchParams,
  redirectUri: string,
): Promise<Result<null, ConnectError>> {
  const state = parameters.get("state") ?? "";
  const oauthState = await consumeOAuthState(dependencies.db, session, hashState(state));
  if (oauthState === null) return fail(unknownStateError);
  const error = parameters.get("error");
  // RFC 6749, 4.1.2.1
  if (error === "access_denied") return fail(accessDeniedError);
  if (error !== null) return fail({ ...providerFailedError, reason: "The provider returned an error" });
  const target = await findConnectTarget(dependencies.db, session, oauthState.uniqueKey);
  if (!target.ok) return target;
  const { oauth } = createClients(dependencies, target.value, oauthState.connectionConfig);
  if (!oauth.ok) return fail({ ...notConfiguredError, reason: oauth.error });
  const codeVerifier = unseal(
    dependencies.masterKey,
    sealContext(oauthState.id),
    oauthState.codeVerifierSealed,
  );
  const exchange = { parameters, state, codeVerifier, redirectUri };
  const tokens = await exchangeAuthorizationCode(dependencies.outbound, oauth.value, exchange);
  if (!tokens.ok) return fail({ ...providerFailedError, reason: tokens.error.message });
  const metadata = (target.value.provider.token_response_metadata ?? []).map((name) => [
    name,
    tokens.value[name],
  ]);
  return saveConnection(dependencies, target.value, {
    credentials: toOAuthCredentials(tokens.value, new Date(), null),
    connectionConfig: {
      ...oauthState.connectionConfig,
      ...Object.fromEntries(metadata.filter(([, value]) => typeof value === "string")),
    },
  });
}
