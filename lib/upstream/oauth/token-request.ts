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

/** Error of a token request. Of the response, it contains only the status and the error code. */
export type TokenRequestError = {
  /**
   * True when the server rejected the request. False when it could not be reached or sent an unusable
   * response: a later request may succeed.
   */
  readonly isRefusal: boolean;
  readonly message: string;
};

export type AuthorizationCodeExchange = {
  /** Query parameters of the provider's redirect to the callback. */
  readonly parameters: URLSearchParams;
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
};

/**
 * Exchanges an authorization code for tokens (RFC 6749, 4.1.3). Checks first that the redirect contains
 * `state` and, if the issuer is known, that it names this issuer.
 */
export function exchangeAuthorizationCode(
  outbound: OutboundPolicy,
  client: OAuthClient,
  { parameters, state, codeVerifier, redirectUri }: AuthorizationCodeExchange,
): Promise<Result<TokenResponse, TokenRequestError>> {
  return sendTokenRequest(() => {
    // Without a known issuer, the `iss` parameter cannot be checked (RFC 9207, 2.4).
    const checkedParameters = new URLSearchParams(parameters);
    if (client.issuer === null) checkedParameters.delete("iss");
    return authorizationCodeGrantRequest(
      toAuthorizationServer(client),
      { client_id: client.clientId },
      toClientAuthentication(client),
      validateAuthResponse(
        toAuthorizationServer(client),
        { client_id: client.clientId },
        checkedParameters,
        state,
      ),
      redirectUri,
      codeVerifier,
      toRequestOptions(outbound),
    );
  });
}

/** Requests a new access token with a refresh token (RFC 6749, 6). */
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

/** Requests an access token with the client credentials grant (RFC 6749, 4.4). */
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
  // Plain http is allowed only where private addresses are, as in development.
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
    return fail({
      isRefusal: false,
      message: `The provider sent no usable response (${toErrorCode(error)})`,
    });
  }
  const tokens = tokenResponseSchema.safeParse(body);
  if (status === 200 && tokens.success) return ok(tokens.data);
  const { data } = errorResponseSchema.safeParse(body);
  // Some providers send an error with status 200.
  const isRefusal = status < 400 ? data !== undefined : status < 500 && status !== 429;
  const reason = data === undefined ? "" : ` (${data.error})`;
  return fail({ isRefusal, message: `The provider answered ${status}${reason}` });
}

/**
 * True for a network error, an error of oauth4webapi, and a response that is too large or not JSON. Any other
 * error is a bug.
 */
function isExternalError(error: unknown): error is Error {
  return (
    error instanceof Error && ("code" in error || error instanceof SyntaxError || error instanceof RangeError)
  );
}

function toErrorCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
