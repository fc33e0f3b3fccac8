import type { Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { anyValidKey, connectSessionOnly } from "@/lib/environment-api/pipeline/route";
import { type DeclaredRoute, declaredRoutes } from "./declared-routes";

export type AccessibleRoute = Pick<DeclaredRoute, "method" | "path" | "summary"> & {
  /** True when the response includes credentials because of this scope. */
  readonly withCredentials: boolean;
};

const keyRoutes = declaredRoutes.filter(
  ({ aliasOf, scope }) => aliasOf === null && scope !== connectSessionOnly,
);

/**
 * Lists the routes that this scope gives access to, without the older paths. See `routesForAnyKey` for the
 * others.
 */
export function routesForScope(scope: Scope): AccessibleRoute[] {
  return keyRoutes
    .filter((route) => {
      // `keyRoutes` contains no connect session routes; that condition only narrows the type.
      if (route.scope === anyValidKey || route.scope === connectSessionOnly) return false;
      return covers([scope], route.scope);
    })
    .map((route) => ({ ...route, withCredentials: route.credentialsScope === scope }));
}

/** The routes that every valid key can call, with any scopes. */
export const routesForAnyKey: readonly AccessibleRoute[] = keyRoutes
  .filter(({ scope }) => scope === anyValidKey)
  .map((route) => ({ ...route, withCredentials: false }));
