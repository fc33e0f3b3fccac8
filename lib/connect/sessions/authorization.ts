import { createHash } from "node:crypto";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { open, seal } from "@/lib/infrastructure/sealing/seal";
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

/** Where the provider sends people back to, below our own address. */
export const callbackPath = "/oauth/callback";

/** A person may have to find a password and a second factor first. */
export const authorizationTimeoutMinutes = 15;

const hashState = (state: string) => createHash("sha256").update(state).digest();
const owner = (id: number) => `oauth_state:${id}`;

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

/** Begins an authorization. The person goes to `url`; whoever comes back with `state` is answered by the next function. */
export async function beginAuthorization(
  parts: ConnectDependencies,
  target: ConnectTarget,
  given: Readonly<Record<string, string>>,
  redirectUri: string,
): Promise<Result<{ readonly url: string; readonly state: string }, ConnectError>> {
  const config = validateConnectionConfig(target.provider, target.presetConfig, given);
  if (!config.ok) return config;
  const { client, oauth } = createClients(parts, target, config.value);
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
  const id = await nextOAuthStateId(parts.db);
  await insertOAuthState(parts.db, session, {
    id,
    stateHash: hashState(request.state),
    integrationId: integration.id,
    codeVerifierSealed: seal(parts.masterKey, owner(id), request.codeVerifier),
    connectionConfig: config.value,
    minutes: authorizationTimeoutMinutes,
  });
  return ok({ url: request.url.href, state: request.state });
}

/** Takes the provider's answer: swaps its code for tokens and makes or renews the connection. */
export async function finishAuthorization(
  parts: ConnectDependencies & { readonly outbound: OutboundPolicy },
  session: ConnectSession,
  parameters: URLSearchParams,
  redirectUri: string,
): Promise<Result<null, ConnectError>> {
  const state = parameters.get("state") ?? "";
  const taken = await consumeOAuthState(parts.db, session, hashState(state));
  if (taken === null) return fail(unknownStateError);
  const error = parameters.get("error");
  // RFC 6749, 4.1.2.1
  if (error === "access_denied") return fail(accessDeniedError);
  if (error !== null) return fail({ ...providerFailedError, reason: "The provider sent an error back" });
  const target = await findConnectTarget(parts.db, session, taken.uniqueKey);
  if (!target.ok) return target;
  const { oauth } = createClients(parts, target.value, taken.connectionConfig);
  if (!oauth.ok) return fail({ ...notConfiguredError, reason: oauth.error });
  const codeVerifier = open(parts.masterKey, owner(taken.id), taken.codeVerifierSealed);
  const exchange = { parameters, state, codeVerifier, redirectUri };
  const answer = await exchangeAuthorizationCode(parts.outbound, oauth.value, exchange);
  if (!answer.ok) return fail({ ...providerFailedError, reason: answer.error.message });
  const told = (target.value.provider.token_response_metadata ?? []).map((name) => [
    name,
    answer.value[name],
  ]);
  return saveConnection(parts, target.value, {
    credentials: toOAuthCredentials(answer.value, new Date(), null),
    connectionConfig: {
      ...taken.connectionConfig,
      ...Object.fromEntries(told.filter(([, value]) => typeof value === "string")),
    },
  });
}
