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
import { connectSessionOnly, type ScopedRoute } from "./scoped-route";

/**
 * The authenticated caller: an API key (`principal`) or a connect session (`session`), which holds no scope.
 */
export type Caller = {
  readonly environmentId: number;
  readonly grants: readonly Grant[];
  readonly principal: Principal | null;
  readonly session: ConnectSession | null;
};

export type CallerError = BearerTokenError | AuthenticationError | SessionAuthenticationError;

export type CallerResult = Result<Caller, CallerError>;

/**
 * Authenticates the caller of a route by its `Authorization` header. Synchronous when the key is cached.
 * Accepts a session token only on routes that allow connect sessions; on others it fails as a key of invalid
 * format.
 */
export function authenticateCaller(
  { db, lookup }: { readonly db: Database; readonly lookup: KeyLookup },
  route: ScopedRoute,
  header: string | null,
  now: Date,
): CallerResult | Promise<CallerResult> {
  const token = parseBearerToken(header);
  if (!token.ok) return token;
  if (expectsSession(route, token.value)) return authenticateSessionCaller(db, token.value);
  const principal = authenticate(token.value, lookup, now);
  return principal instanceof Promise ? principal.then(toKeyCaller) : toKeyCaller(principal);
}

async function authenticateSessionCaller(db: Database, token: string): Promise<CallerResult> {
  const session = await authenticateSession(db, token);
  if (!session.ok) return session;
  const { environmentId } = session.value;
  return ok({ environmentId, grants: [], principal: null, session: session.value });
}

function toKeyCaller(principal: AuthenticationResult): CallerResult {
  if (!principal.ok) return principal;
  const { environmentId, grants } = principal.value;
  return ok({ environmentId, grants, principal: principal.value, session: null });
}

function expectsSession(route: ScopedRoute, token: string): boolean {
  return (
    route.scope === connectSessionOnly || (route.acceptsSessions === true && hasSessionTokenFormat(token))
  );
}
