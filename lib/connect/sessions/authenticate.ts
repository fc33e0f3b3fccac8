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
  message:
    "This is not a connect session token. Create one with POST /connect/sessions; API keys do not work here",
} as const);

// Unknown, expired and deleted sessions have the same error, so that it does not reveal whether a token ever
// existed.
const unknownToken = fail({
  code: "unknown_connect_session_token",
  message: "This connect session token does not match any session. It may have expired",
} as const);

/** Finds the session of a connect session token. */
export async function authenticateSession(
  db: Database,
  token: string,
): Promise<Result<ConnectSession, SessionAuthenticationError>> {
  if (!hasSessionTokenFormat(token)) return invalidFormat;
  const session = await findSession(db, hashSessionToken(token));
  return session === null ? unknownToken : ok(session);
}
