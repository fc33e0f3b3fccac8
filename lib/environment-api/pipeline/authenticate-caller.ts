import {
  type AuthenticationError,
  type AuthenticationResult,
  authenticate,
  type KeyLookup,
} from "@/lib/access/authentication/authenticate";
import { type BearerTokenError, parseBearerToken } from "@/lib/access/authentication/bearer";
import type { Principal } from "@/lib/access/authentication/principal";
import type { Grant } from "@/lib/access/scopes/catalog";
import { authenticateSession, type SessionAuthenticationError } from "@/lib/connect/sessions/authenticate";
import type { ConnectSession } from "@/lib/connect/sessions/model";
import { hasSessionTokenFormat } from "@/lib/connect/sessions/token";
import type { Database } from "@/lib/infrastructure/db/client";
import { ok, type Result } from "@/lib/infrastructure/result";
import { connectSessionOnly, type Route } from "./route";

/**
 * The authenticated caller: an API key (`principal`) or a connect session, which holds no scope. The other
 * one is null.
 */
export type Caller = {
  readonly environmentId: number;
  readonly grants: readonly Grant[];
  readonly principal: Principal | null;
  readonly connectSession: ConnectSession | null;
};

export type CallerError = BearerTokenError | AuthenticationError | SessionAuthenticationError;

export type CallerResult = Result<Caller, CallerError>;

/**
 * Authenticates the caller of a route by its `Authorization` header. Synchronous when the key is cached.
 * Accepts the token of a connect session only on routes that allow it. On other routes such a token fails
 * with the error of an API key in an invalid format.
 */
export function authenticateCaller(
  { db, lookup }: { readonly db: Database; readonly lookup: KeyLookup },
  route: Route,
  header: string | null,
  now: Date,
): CallerResult | Promise<CallerResult> {
  const token = parseBearerToken(header);
  if (!token.ok) return token;
  if (expectsConnectSession(route, token.value)) return authenticateConnectSession(db, token.value);
  const pending = authenticate(token.value, lookup, now);
  return pending instanceof Promise ? pending.then(toKeyCaller) : toKeyCaller(pending);
}

async function authenticateConnectSession(db: Database, token: string): Promise<CallerResult> {
  const session = await authenticateSession(db, token);
  if (!session.ok) return session;
  const { environmentId } = session.value;
  return ok({ environmentId, grants: [], principal: null, connectSession: session.value });
}

function toKeyCaller(principal: AuthenticationResult): CallerResult {
  if (!principal.ok) return principal;
  const { environmentId, grants } = principal.value;
  return ok({ environmentId, grants, principal: principal.value, connectSession: null });
}

function expectsConnectSession(route: Route, token: string): boolean {
  return (
    route.scope === connectSessionOnly ||
    (route.acceptsConnectSessions === true && hasSessionTokenFormat(token))
  );
}
