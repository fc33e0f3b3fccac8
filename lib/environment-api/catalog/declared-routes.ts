import type { Scope } from "@/lib/access/scopes/catalog";
import type {
  anyMethod,
  anyValidKey,
  connectSessionOnly,
  Method,
  Route,
} from "@/lib/environment-api/pipeline/route";
import { allRoutes } from "./all-routes";

export type DeclaredRoute = {
  readonly method: Method | typeof anyMethod;
  /** The path pattern, such as `/connections/{connectionId}`. */
  readonly path: string;
  readonly scope: Scope | typeof anyValidKey | typeof connectSessionOnly;
  /** True when the token of a connect session is accepted besides API keys. */
  readonly acceptsConnectSessions: boolean;
  /**
   * A key that also holds this scope gets the credentials in the response. Null when the route returns none.
   */
  readonly credentialsScope: Scope | null;
  readonly summary: string;
  /** For an older path of a route: the path that replaces it. Otherwise null. */
  readonly aliasOf: string | null;
};

/** A route at one of its paths. */
export type RoutePath = {
  readonly route: Route;
  readonly path: string;
  /** For an older path of the route: the path that replaces it. Otherwise null. */
  readonly aliasOf: string | null;
};

/** Every route at each of its paths, older ones included. */
export const routePaths: readonly RoutePath[] = allRoutes.flatMap((route) => [
  { route, path: route.path, aliasOf: null },
  ...route.aliases.map((alias) => ({ route, path: alias, aliasOf: route.path })),
]);

/** The method, path and required scope of every route, read from the declarations. Needs no database. */
export const declaredRoutes: readonly DeclaredRoute[] = routePaths.map(({ route, path, aliasOf }) => {
  const { method, scope, summary, acceptsConnectSessions = false, credentialsScope = null } = route;
  return { method, scope, acceptsConnectSessions, credentialsScope, summary, path, aliasOf };
});
