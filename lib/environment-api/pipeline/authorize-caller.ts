import type { Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import type { Caller } from "./authenticate-caller";
import { anyValidKey, connectSessionOnly, type Route } from "./route";

/**
 * Authorizes the caller for a route. Returns the scope that the caller lacks; null when the call is allowed.
 */
export function findMissingScope(route: Route, { grants, connectSession }: Caller): Scope | null {
  const { scope } = route;
  if (scope === anyValidKey || scope === connectSessionOnly) return null;
  if (connectSession !== null && route.acceptsConnectSessions === true) return null;
  return covers(grants, scope) ? null : scope;
}
