import { type BearerFailure, bearerToken } from "@/lib/access/authentication/bearer";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { ConnectSession } from "./model";
import { findSession } from "./store";
import { hashSessionToken, isSessionToken } from "./token";

export type SessionAuthFailure =
  | BearerFailure
  | {
      readonly code: "invalid_connect_session_token_format" | "unknown_connect_session_token";
      readonly message: string;
    };

const wrongFormat = fail({
  code: "invalid_connect_session_token_format",
  message: "This is not a connect session's token: POST /connect/sessions makes one, and an API key is none",
} as const);

// One answer for unknown, expired and ended sessions: it must not tell which of them a token is.
const unknown = fail({
  code: "unknown_connect_session_token",
  message: "This connect session's token does not match any session: it may have expired",
} as const);

/** The session a token gives the right to, or why there is none. */
export async function openSession(
  db: Database,
  token: string,
): Promise<Result<ConnectSession, SessionAuthFailure>> {
  if (!isSessionToken(token)) return wrongFormat;
  const session = await findSession(db, hashSessionToken(token));
  return session === null ? unknown : ok(session);
}

/** Who is calling: from the Authorization header to a session. What costs nothing is checked first. */
export async function authenticateSession(
  db: Database,
  header: string | null,
): Promise<Result<ConnectSession, SessionAuthFailure>> {
  const token = bearerToken(header);
  return token.ok ? openSession(db, token.value) : token;
}
