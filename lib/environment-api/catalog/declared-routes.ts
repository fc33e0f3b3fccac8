import type { Scope } from "@/lib/access/scopes/catalog";
import type {
  anyMethod,
  anyValidKey,
  connectSessionOnly,
  Method,
  ScopedRoute,
} from "@/lib/environment-api/pipeline/scoped-route";
import { allRoutes } from "./all-routes";

export type DeclaredRoute = {
  readonly method: Method | typeof anyMethod;
  /** As in `/connections/{connectionId}`. */
  readonly path: string;
  readonly scope: Scope | typeof anyValidKey | typeof connectSessionOnly;
  /** Does the token of a connect session open it too? */
  readonly acceptsSessions: boolean;
  /** The scope with which the answer also carries credentials, if there is one. */
  readonly credentialsScope: Scope | null;
  readonly summary: string;
  /** The path that replaces this one, when this is an older address of it. */
  readonly aliasOf: string | null;
};

/** A route at one of its addresses. */
export type RoutePath = {
  readonly route: ScopedRoute;
  readonly path: string;
  /** The path that replaces this one, when this is an older address of the route. */
  readonly aliasOf: string | null;
};

export const routePaths: readonly RoutePath[] = allRoutes.flatMap((route) => [
  { route, path: route.path, aliasOf: null },
  ...route.aliases.map((alias) => ({ route, path: alias, aliasOf: route.path })),
]);

/** What the API answers and which scope opens it, read from the declarations. Opens no database. */
export const declaredRoutes: readonly DeclaredRoute[] = routePaths.map(({ route, path, aliasOf }) => {
  const { method, scope, summary, acceptsSessions = false, credentialsScope = null } = route;
  return { method, scope, acceptsSessions, credentialsScope, summary, path, aliasOf };
});
