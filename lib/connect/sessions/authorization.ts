import { createHash } from "node:crypto";
import type { Outbound } from "@/lib/infrastructure/net/outbound";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { open, seal } from "@/lib/infrastructure/sealing/seal";
import { openClient } from "@/lib/upstream/integrations/secret";
import { authorizationRequest } from "@/lib/upstream/oauth/authorization-request";
import { oauthClient } from "@/lib/upstream/oauth/oauth-client";
import { credentialsOf } from "@/lib/upstream/oauth/token-answer";
import { exchangeCode } from "@/lib/upstream/oauth/token-request";
import { type ConnectParts, connect } from "./connect";
import { settleConfig } from "./connection-config";
import type { ConnectSession } from "./model";
import { type ConnectRefusal, denied, lost, notConfigured, providerFailed } from "./refusal";
import { insertState, nextStateId, takeState } from "./state-store";
import { findTarget, type Target } from "./target";

/** Where the provider sends people back to, below our own address. */
export const callbackPath = "/oauth/callback";

/** A person may have to find a password and a second factor first. */
export const answerMinutes = 15;

const hashState = (state: string) => createHash("sha256").update(state).digest();
const owner = (id: number) => `oauth_state:${id}`;

function clientOf({ masterKey }: ConnectParts, target: Target, connectionConfig: Target["preset"]) {
  const { provider, integration } = target;
  const client = openClient(masterKey, integration);
  const { custom } = integration;
  return { client, oauth: oauthClient({ provider, client, connectionConfig, custom }) };
}

/** Begins an authorization. The person goes to `url`; whoever comes back with `state` is answered by the next function. */
export async function beginAuthorization(
  parts: ConnectParts,
  target: Target,
  given: Readonly<Record<string, string>>,
  redirectUri: string,
): Promise<Result<{ readonly url: string; readonly state: string }, ConnectRefusal>> {
  const config = settleConfig(target.provider, target.preset, given);
  if (!config.ok) return config;
  const { client, oauth } = clientOf(parts, target, config.value);
  if (!oauth.ok) return fail({ ...notConfigured, reason: oauth.error });
  const { provider, defaults, session, integration } = target;
  const scopes = client?.scopes ?? null;
  const request = await authorizationRequest({ oauth: oauth.value, provider, scopes, defaults, redirectUri });
  const id = await nextStateId(parts.db);
  await insertState(parts.db, session, {
    id,
    stateHash: hashState(request.state),
    integrationId: integration.id,
    codeVerifierSealed: seal(parts.masterKey, owner(id), request.codeVerifier),
    connectionConfig: config.value,
    minutes: answerMinutes,
  });
  return ok({ url: request.url.href, state: request.state });
}

/** Takes the provider's answer: swaps its code for tokens and makes or renews the connection. */
export async function finishAuthorization(
  parts: ConnectParts & { readonly outbound: Outbound },
  session: ConnectSession,
  parameters: URLSearchParams,
  redirectUri: string,
): Promise<Result<null, ConnectRefusal>> {
  const state = parameters.get("state") ?? "";
  const taken = await takeState(parts.db, session, hashState(state));
  if (taken === null) return fail(lost);
  const error = parameters.get("error");
  // RFC 6749, 4.1.2.1
  if (error === "access_denied") return fail(denied);
  if (error !== null) return fail({ ...providerFailed, reason: "The provider sent an error back" });
  const target = await findTarget(parts.db, session, taken.uniqueKey);
  if (!target.ok) return target;
  const { oauth } = clientOf(parts, target.value, taken.connectionConfig);
  if (!oauth.ok) return fail({ ...notConfigured, reason: oauth.error });
  const codeVerifier = open(parts.masterKey, owner(taken.id), taken.codeVerifierSealed);
  const exchange = { parameters, state, codeVerifier, redirectUri };
  const answer = await exchangeCode(parts.outbound, oauth.value, exchange);
  if (!answer.ok) return fail({ ...providerFailed, reason: answer.error.message });
  const told = (target.value.provider.token_response_metadata ?? []).map((name) => [
    name,
    answer.value[name],
  ]);
  return connect(parts, target.value, {
    credentials: credentialsOf(answer.value, new Date(), null),
    connectionConfig: {
      ...taken.connectionConfig,
      ...Object.fromEntries(told.filter(([, value]) => typeof value === "string")),
    },
  });
}
