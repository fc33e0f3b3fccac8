import { z } from "zod";
import type { Credentials } from "../connections/credentials";

/** Credentials that an authorization server gave. */
export type OAuthCredentials = Extract<Credentials, { type: "OAUTH2" }>;

/**
 * What we need of a token answer (RFC 6749, 5.1). Providers deviate in the rest (token types of their own, scopes as
 * lists, times as text), so nothing else is looked at, and all of it is kept as it came.
 */
export const tokenAnswerSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish().catch(undefined),
  /** Seconds. */
  expires_in: z.coerce.number().positive().max(1e10).optional().catch(undefined),
});

export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

/** The stored form of a token answer. A refresh token that was not replaced stays (RFC 6749, 6). */
export function credentialsOf(
  answer: TokenAnswer,
  now: Date,
  before: OAuthCredentials | null,
): OAuthCredentials {
  const { access_token, expires_in } = answer;
  const refreshToken = answer.refresh_token ?? before?.refresh_token;
  return {
    type: "OAUTH2",
    access_token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(expires_in !== undefined && {
      expires_at: new Date(now.getTime() + expires_in * 1000).toISOString(),
    }),
    ...(before?.config_override !== undefined && { config_override: before.config_override }),
    raw: answer,
  };
}
