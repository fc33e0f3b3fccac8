import {
  type AuthenticationError,
  type AuthenticationResult,
  authenticate,
  type KeyLookup,
} from "@/lib/access/authentication/authenticate";
import { type BearerTokenError, parseBearerToken } from "@/lib/access/authentication/bearer";
import type { Principal } from "@/lib/access/authentication/principal";
import type { Grant, Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { authenticateSession, type SessionAuthenticationError } from "@/lib/connect/sessions/authenticate";
import type { ConnectSession } from "@/lib/connect/sessions/model";
import { hasSessionTokenFormat } from "@/lib/connect/sessions/token";
import type { Database } from "@/lib/infrastructure/db/client";
import { ok, type Result } from "@/lib/infrastructure/result";
import { anyValidKey, connectSessionOnly, type ScopedRoute } from "./scoped-route";

/** Who calls: an API key, or a connect session, which holds no scope at all. */
export type Caller = {
  readonly environmentId: number;
  readonly grants: readonly Grant[];
  readonly principal: Principal | null;
  readonly session: ConnectSession | null;
};

export type CallerError = BearerTokenError | AuthenticationError | SessionAuthenticationError;

export type CallerResult = Result<Caller, CallerError>;

/**
 * Who calls this route, of those it admits; told at once of a key that memory knows. A token is taken for a session's only
 * where one may come.
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
  const judged = authenticate(token.value, lookup, now);
  return judged instanceof Promise ? judged.then(callerWithKey) : callerWithKey(judged);
}

async function authenticateSessionCaller(db: Database, token: string): Promise<CallerResult> {
  const session = await authenticateSession(db, token);
  if (!session.ok) return session;
  const { environmentId } = session.value;
  return ok({ environmentId, grants: [], principal: null, session: session.value });
}

function callerWithKey(principal: AuthenticationResult): CallerResult {
  if (!principal.ok) return principal;
  const { environmentId, grants } = principal.value;
  return ok({ environmentId, grants, principal: principal.value, session: null });
}

function expectsSession(route: ScopedRoute, token: string): boolean {
  return (
    route.scope === connectSessionOnly || (route.acceptsSessions === true && hasSessionTokenFormat(token))
  );
}

/** The scope that the caller lacks for the route; null when it may go in. */
export function missingScope(route: ScopedRoute, { grants, session }: Caller): Scope | null {
  const { scope } = route;
  if (scope === anyValidKey || scope === connectSessionOnly) return null;
  if (session !== null && route.acceptsSessions === true) return null;
  return covers(grants, scope) ? null : scope;
}
