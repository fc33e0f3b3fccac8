import type { Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import type { Caller } from "./authenticate-caller";
import { anyValidKey, connectSessionOnly, type ScopedRoute } from "./scoped-route";

/**
 * Authorizes the caller for a route. Returns the scope that the caller lacks; null when the call is allowed.
 */
export function findMissingScope(route: ScopedRoute, { grants, session }: Caller): Scope | null {
  const { scope } = route;
  if (scope === anyValidKey || scope === connectSessionOnly) return null;
  if (session !== null && route.acceptsSessions === true) return null;
  return covers(grants, scope) ? null : scope;
}
