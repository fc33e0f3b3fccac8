import { z } from "zod";
import type { Credentials } from "@/lib/upstream/providers/credentials";

/** Credentials that an authorization server issued for an end user. */
export type OAuthCredentials = Extract<Credentials, { type: "OAUTH2" }>;

/** Credentials that an authorization server issued to the client itself (client credentials grant). */
export type ClientTokenCredentials = Extract<Credentials, { type: "OAUTH2_CC" }>;

/**
 * Schema of a token response (RFC 6749, 5.1). Only these fields are checked, because providers deviate in the
 * others: some send their own token types, scopes as lists or times as text. Other fields are kept unchanged.
 */
export const tokenResponseSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish().catch(undefined),
  /** Seconds. */
  expires_in: z.coerce.number().positive().max(1e10).optional().catch(undefined),
});

export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/**
 * Returns when a token issued at `now` expires, in ISO 8601; undefined when the response does not state it.
 */
const toExpiresAt = ({ expires_in }: TokenResponse, now: Date) =>
  expires_in === undefined ? undefined : new Date(now.getTime() + expires_in * 1000).toISOString();

/** Converts a response of the client credentials grant to the stored form. */
export function toClientTokenCredentials(
  response: TokenResponse,
  now: Date,
  { client_id, client_secret }: Pick<ClientTokenCredentials, "client_id" | "client_secret">,
): ClientTokenCredentials {
  const expires_at = toExpiresAt(response, now);
  return {
    type: "OAUTH2_CC",
    ...{ token: response.access_token, client_id, client_secret },
    ...(expires_at !== undefined && { expires_at }),
    raw: response,
  };
}

/**
 * Converts a token response to the stored form. Keeps the refresh token of `previous` when the response
 * contains none (RFC 6749, 6), and the imported client of `previous`.
 */
export function toOAuthCredentials(
  response: TokenResponse,
  now: Date,
  previous: OAuthCredentials | null,
): OAuthCredentials {
  const { access_token } = response;
  const expires_at = toExpiresAt(response, now);
  const refreshToken = response.refresh_token ?? previous?.refresh_token;
  return {
    type: "OAUTH2",
    access_token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(expires_at !== undefined && { expires_at }),
    ...(previous?.config_override !== undefined && { config_override: previous.config_override }),
    raw: response,
  };
}
