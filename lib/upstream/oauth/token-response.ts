import { z } from "zod";
import type { Credentials } from "@/lib/upstream/providers/credentials";

/** Credentials that an authorization server gave. */
export type OAuthCredentials = Extract<Credentials, { type: "OAUTH2" }>;

/** Credentials that it gave to a client in its own name. */
export type ClientTokenCredentials = Extract<Credentials, { type: "OAUTH2_CC" }>;

/**
 * What we need of a token answer (RFC 6749, 5.1). Providers deviate in the rest (token types of their own, scopes as
 * lists, times as text), so nothing else is looked at, and all of it is kept as it came.
 */
export const tokenResponseSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish().catch(undefined),
  /** Seconds. */
  expires_in: z.coerce.number().positive().max(1e10).optional().catch(undefined),
});

export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** When a token that was given at `now` ends, ISO 8601; undefined when the answer does not say. */
const expiryOf = ({ expires_in }: TokenResponse, now: Date) =>
  expires_in === undefined ? undefined : new Date(now.getTime() + expires_in * 1000).toISOString();

/** The stored form of a token that a client got in its own name. */
export function toClientTokenCredentials(
  answer: TokenResponse,
  now: Date,
  { client_id, client_secret }: Pick<ClientTokenCredentials, "client_id" | "client_secret">,
): ClientTokenCredentials {
  const expires_at = expiryOf(answer, now);
  return {
    type: "OAUTH2_CC",
    ...{ token: answer.access_token, client_id, client_secret },
    ...(expires_at !== undefined && { expires_at }),
    raw: answer,
  };
}

/** The stored form of a token answer. A refresh token that was not replaced stays (RFC 6749, 6). */
export function toOAuthCredentials(
  answer: TokenResponse,
  now: Date,
  before: OAuthCredentials | null,
): OAuthCredentials {
  const { access_token } = answer;
  const expires_at = expiryOf(answer, now);
  const refreshToken = answer.refresh_token ?? before?.refresh_token;
  return {
    type: "OAUTH2",
    access_token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(expires_at !== undefined && { expires_at }),
    ...(before?.config_override !== undefined && { config_override: before.config_override }),
    raw: answer,
  };
}
