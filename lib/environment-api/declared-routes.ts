import type { Scope } from "../scopes/catalogue";
import { allRoutes } from "./all-routes";
import type { anyMethod, anyValidKey, Method } from "./scoped-route";

export type DeclaredRoute = {
  readonly method: Method | typeof anyMethod;
  /** As in `/connections/{connectionId}`. */
  readonly path: string;
  readonly scope: Scope | typeof anyValidKey;
  /** The scope with which the answer also carries credentials, if there is one. */
  readonly discloses: Scope | null;
  readonly summary: string;
  /** The path that replaces this one, when this is an older address of it. */
  readonly aliasOf: string | null;
};

/** What the API answers and which scope opens it, read from the declarations. Opens no database. */
export const declaredRoutes: readonly DeclaredRoute[] = allRoutes.flatMap((route) => {
  const { method, path, scope, summary } = route;
  const shared = { method, scope, discloses: route.discloses ?? null, summary };
  return [
    { ...shared, path, aliasOf: null },
    ...route.aliases.map((alias) => ({ ...shared, path: alias, aliasOf: path })),
  ];
});
