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
import type { Outbound } from "@/lib/infrastructure/net/outbound";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { OAuthClient, TokenClient } from "./oauth-client";
import { outboundFetch } from "./outbound-fetch";
import { type TokenAnswer, tokenAnswerSchema } from "./token-answer";

/** Why there are no tokens. Holds nothing that the server said but the code of its error. */
export type TokenFailure = {
  /** The server said no; otherwise it could not be reached or made no sense, and may another time. */
  readonly isRefusal: boolean;
  readonly message: string;
};

export type CodeExchange = {
  /** The parameters with which the provider sent the person back. */
  readonly parameters: URLSearchParams;
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
};

/** Swaps the code that a person came back with for tokens (RFC 6749, 4.1.3). */
export function exchangeCode(
  outbound: Outbound,
  client: OAuthClient,
  { parameters, state, codeVerifier, redirectUri }: CodeExchange,
): Promise<Result<TokenAnswer, TokenFailure>> {
  return answerOf(() => {
    // Without a known issuer its parameter cannot be checked (RFC 9207, 2.4).
    const given = new URLSearchParams(parameters);
    if (client.issuer === null) given.delete("iss");
    return authorizationCodeGrantRequest(
      serverOf(client),
      { client_id: client.clientId },
      authenticationOf(client),
      validateAuthResponse(serverOf(client), { client_id: client.clientId }, given, state),
      redirectUri,
      codeVerifier,
      optionsOf(outbound),
    );
  });
}

/** Asks for a new access token (RFC 6749, 6). */
export function refreshTokens(
  outbound: Outbound,
  client: TokenClient,
  refreshToken: string,
): Promise<Result<TokenAnswer, TokenFailure>> {
  return answerOf(() =>
    refreshTokenGrantRequest(
      serverOf(client),
      { client_id: client.clientId },
      authenticationOf(client),
      refreshToken,
      optionsOf(outbound),
    ),
  );
}

/** Asks for an access token in our client's own name (RFC 6749, 4.4). */
export function requestClientToken(
  outbound: Outbound,
  client: TokenClient,
): Promise<Result<TokenAnswer, TokenFailure>> {
  return answerOf(() =>
    clientCredentialsGrantRequest(
      serverOf(client),
      { client_id: client.clientId },
      authenticationOf(client),
      new URLSearchParams(),
      optionsOf(outbound),
    ),
  );
}

const serverOf = ({ issuer, tokenUrl }: TokenClient) => ({
  issuer: issuer ?? tokenUrl.origin,
  token_endpoint: tokenUrl.href,
});

const authenticationOf = ({ authenticatesBy, clientSecret }: TokenClient) =>
  authenticatesBy === "basic" ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);

const optionsOf = (outbound: Outbound) => ({
  [customFetch]: outboundFetch(outbound),
  // Plain http only where private addresses are let through as well: in development.
  [allowInsecureRequests]: outbound.mayReach("127.0.0.1"),
});

const errorSchema = z.object({ error: z.string().regex(/^[a-z_]{1,64}$/) });

async function answerOf(request: () => Promise<Response>): Promise<Result<TokenAnswer, TokenFailure>> {
  let status: number;
  let body: unknown;
  try {
    const response = await request();
    status = response.status;
    body = JSON.parse(await response.text());
  } catch (error) {
    if (!isTheirs(error)) throw error;
    return fail({ isRefusal: false, message: `The provider gave no usable answer (${codeOf(error)})` });
  }
  const answer = tokenAnswerSchema.safeParse(body);
  if (status === 200 && answer.success) return ok(answer.data);
  const { data } = errorSchema.safeParse(body);
  // Some providers say no with a 200.
  const isRefusal = status < 400 ? data !== undefined : status < 500 && status !== 429;
  const reason = data === undefined ? "" : ` (${data.error})`;
  return fail({ isRefusal, message: `The provider answered ${status}${reason}` });
}

/** What the network, the library and a body that is no JSON throw; anything else is a bug of ours. */
function isTheirs(error: unknown): error is Error {
  return (
    error instanceof Error && ("code" in error || error instanceof SyntaxError || error instanceof RangeError)
  );
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
