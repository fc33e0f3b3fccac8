import type { Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { anyValidKey, connectSessionOnly } from "@/lib/environment-api/pipeline/scoped-route";
import { type DeclaredRoute, declaredRoutes } from "./declared-routes";

export type AccessibleRoute = Pick<DeclaredRoute, "method" | "path" | "summary"> & {
  /** Is the answer richer for this scope: does it carry credentials? */
  readonly withCredentials: boolean;
};

const current = declaredRoutes.filter(
  ({ aliasOf, scope }) => aliasOf === null && scope !== connectSessionOnly,
);

/** What a key with this scope alone can call, older addresses left out. */
export function routesForScope(scope: Scope): AccessibleRoute[] {
  return current
    .filter((route) => {
      if (route.scope === anyValidKey || route.scope === connectSessionOnly) return false;
      return covers([scope], route.scope);
    })
    .map((route) => ({ ...route, withCredentials: route.credentialsScope === scope }));
}

/** What every valid key can call, whatever it was given. */
export const routesForAnyKey: readonly AccessibleRoute[] = current
  .filter(({ scope }) => scope === anyValidKey)
  .map((route) => ({ ...route, withCredentials: false }));
