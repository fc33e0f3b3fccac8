import { createHash } from "node:crypto";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { seal, unseal } from "@/lib/infrastructure/sealing/seal";
import type { JsonObject } from "@/lib/upstream/connections/model";
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

/** How long the end user has for an authorization. Long enough to look up a password and a second factor. */
export const authorizationTimeoutMinutes = 15;

const hashState = (state: string) => createHash("sha256").update(state).digest();
const sealContext = (id: number) => `oauth_state:${id}`;

/** Decrypts the integration's stored client. `oauthClient` fails when something is not configured. */
function loadOAuthClient(
  { masterKey }: ConnectDependencies,
  { provider, integration }: ConnectTarget,
  connectionConfig: JsonObject,
) {
  const storedClient = openOAuthClient(masterKey, integration);
  const { custom } = integration;
  const options = { provider, client: storedClient, connectionConfig, custom };
  return { storedClient, oauthClient: createOAuthClient(options) };
}

/**
 * Begins an OAuth authorization. Validates `input`, stores the state and returns the URL of the provider's
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
  const { storedClient, oauthClient } = loadOAuthClient(dependencies, target, config.value);
  if (!oauthClient.ok) return fail({ ...notConfiguredError, reason: oauthClient.error });
  const { provider, integrationDefaults, session, integration } = target;
  const request = await createAuthorizationRequest({
    oauthClient: oauthClient.value,
    provider,
    scopes: storedClient?.scopes ?? null,
    integrationDefaults,
    redirectUri,
  });
  const id = await nextOAuthStateId(dependencies.db);
  await insertOAuthState(dependencies.db, session, {
    id,
    stateHash: hashState(request.state),
    integrationId: integration.id,
    addressVersion: integration.addressVersion,
    codeVerifierSealed: seal(dependencies.masterKey, sealContext(id), request.codeVerifier),
    connectionConfig: config.value,
    minutes: authorizationTimeoutMinutes,
  });
  return ok({ url: request.url.href, state: request.state });
}

/**
 * Finishes an OAuth authorization. Takes the query parameters of the callback, consumes the state, exchanges
 * the code for tokens, and creates the connection or replaces its credentials.
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
  // The end user or the provider denied access (RFC 6749, 4.1.2.1).
  if (error === "access_denied") return fail(accessDeniedError);
  if (error !== null) {
    // The text comes from the browser and can be long, so only its beginning is logged.
    const reason = `The provider returned the error ${JSON.stringify(error.slice(0, 100))}`;
    return fail({ ...providerFailedError, reason });
  }
  const target = await findConnectTarget(dependencies.db, session, oauthState.integrationKey);
  if (!target.ok) return target;
  // The code and its verifier are for the token endpoint that was set when the authorization began.
  if (target.value.integration.addressVersion !== oauthState.addressVersion) return fail(unknownStateError);
  const { oauthClient } = loadOAuthClient(dependencies, target.value, oauthState.connectionConfig);
  if (!oauthClient.ok) return fail({ ...notConfiguredError, reason: oauthClient.error });
  const codeVerifier = unseal(
    dependencies.masterKey,
    sealContext(oauthState.id),
    oauthState.codeVerifierSealed,
  );
  const exchange = { parameters, state, codeVerifier, redirectUri };
  const tokens = await exchangeAuthorizationCode(dependencies.outbound, oauthClient.value, exchange);
  if (!tokens.ok) return fail({ ...providerFailedError, reason: tokens.error.message });
  const responseFields = (target.value.provider.token_response_metadata ?? []).map(
    (name) => [name, tokens.value[name]] as const,
  );
  const configFromResponse = Object.fromEntries(
    responseFields.filter(([, value]) => typeof value === "string"),
  );
  return saveConnection(dependencies, target.value, {
    // Null: a new authorization keeps nothing of previous credentials.
    credentials: toOAuthCredentials(tokens.value, new Date(), null),
    connectionConfig: { ...oauthState.connectionConfig, ...configFromResponse },
  });
}
