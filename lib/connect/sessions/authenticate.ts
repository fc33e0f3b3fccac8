import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { ConnectSession } from "./model";
import { findSession } from "./store";
import { hashSessionToken, hasSessionTokenFormat } from "./token";

export type SessionAuthenticationError = {
  readonly code: "invalid_connect_session_token_format" | "unknown_connect_session_token";
  readonly message: string;
};

const invalidFormat = fail({
  code: "invalid_connect_session_token_format",
  message: "This is not a connect session's token: POST /connect/sessions makes one, and an API key is none",
} as const);

// One answer for unknown, expired and ended sessions: it must not tell which of them a token is.
const unknownToken = fail({
  code: "unknown_connect_session_token",
  message: "This connect session's token does not match any session: it may have expired",
} as const);

/** Authenticates the bearer of a connect session's token. */
export async function authenticateSession(
  db: Database,
  token: string,
): Promise<Result<ConnectSession, SessionAuthenticationError>> {
  if (!hasSessionTokenFormat(token)) return invalidFormat;
  const session = await findSession(db, hashSessionToken(token));
  return session === null ? unknownToken : ok(session);
}
