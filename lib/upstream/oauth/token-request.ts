import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  refreshTokenGrantRequest,
  validateAuthResponse,
} from "oauth4webapi";
import { z } from "zod";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { OAuthClient, TokenClient } from "./oauth-client";
import { createOutboundFetch } from "./outbound-fetch";
import { type TokenResponse, tokenResponseSchema } from "./token-response";

/** Why there are no tokens. Holds nothing that the server said but the code of its error. */
export type TokenRequestError = {
  /** The server said no; otherwise it could not be reached or made no sense, and may another time. */
  readonly isRefusal: boolean;
  readonly message: string;
};

export type AuthorizationCodeExchange = {
  /** The parameters with which the provider sent the person back. */
  readonly parameters: URLSearchParams;
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
};

/** Swaps the code that a person came back with for tokens (RFC 6749, 4.1.3). */
export function exchangeAuthorizationCode(
  outbound: OutboundPolicy,
  client: OAuthClient,
  { parameters, state, codeVerifier, redirectUri }: AuthorizationCodeExchange,
): Promise<Result<TokenResponse, TokenRequestError>> {
  return sendTokenRequest(() => {
    // Without a known issuer its parameter cannot be checked (RFC 9207, 2.4).
    const given = new URLSearchParams(parameters);
    if (client.issuer === null) given.delete("iss");
    return authorizationCodeGrantRequest(
      toAuthorizationServer(client),
      { client_id: client.clientId },
      toClientAuthentication(client),
      validateAuthResponse(toAuthorizationServer(client), { client_id: client.clientId }, given, state),
      redirectUri,
      codeVerifier,
      toRequestOptions(outbound),
    );
  });
}

/** Asks for a new access token (RFC 6749, 6). */
export function refreshTokens(
  outbound: OutboundPolicy,
  client: TokenClient,
  refreshToken: string,
): Promise<Result<TokenResponse, TokenRequestError>> {
  return sendTokenRequest(() =>
    refreshTokenGrantRequest(
      toAuthorizationServer(client),
      { client_id: client.clientId },
      toClientAuthentication(client),
      refreshToken,
      toRequestOptions(outbound),
    ),
  );
}

/** Asks for an access token in our client's own name (RFC 6749, 4.4). */
export function requestClientToken(
  outbound: OutboundPolicy,
  client: TokenClient,
): Promise<Result<TokenResponse, TokenRequestError>> {
  return sendTokenRequest(() =>
    clientCredentialsGrantRequest(
      toAuthorizationServer(client),
      { client_id: client.clientId },
      toClientAuthentication(client),
      new URLSearchParams(),
      toRequestOptions(outbound),
    ),
  );
}

const toAuthorizationServer = ({ issuer, tokenUrl }: TokenClient) => ({
  issuer: issuer ?? tokenUrl.origin,
  token_endpoint: tokenUrl.href,
});

const toClientAuthentication = ({ tokenEndpointAuthMethod, clientSecret }: TokenClient) =>
  tokenEndpointAuthMethod === "basic" ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);

const toRequestOptions = (outbound: OutboundPolicy) => ({
  [customFetch]: createOutboundFetch(outbound),
  // Plain http only where private addresses are let through as well: in development.
  [allowInsecureRequests]: outbound.isAddressAllowed("127.0.0.1"),
});

const errorResponseSchema = z.object({ error: z.string().regex(/^[a-z_]{1,64}$/) });

async function sendTokenRequest(
  request: () => Promise<Response>,
): Promise<Result<TokenResponse, TokenRequestError>> {
  let status: number;
  let body: unknown;
  try {
    const response = await request();
    status = response.status;
    body = JSON.parse(await response.text());
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return fail({ isRefusal: false, message: `The provider gave no usable answer (${toErrorCode(error)})` });
  }
  const answer = tokenResponseSchema.safeParse(body);
  if (status === 200 && answer.success) return ok(answer.data);
  const { data } = errorResponseSchema.safeParse(body);
  // Some providers say no with a 200.
  const isRefusal = status < 400 ? data !== undefined : status < 500 && status !== 429;
  const reason = data === undefined ? "" : ` (${data.error})`;
  return fail({ isRefusal, message: `The provider answered ${status}${reason}` });
}

/** What the network, the library and a body that is no JSON throw; anything else is a bug of ours. */
function isExternalError(error: unknown): error is Error {
  return (
    error instanceof Error && ("code" in error || error instanceof SyntaxError || error instanceof RangeError)
  );
}

function toErrorCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
