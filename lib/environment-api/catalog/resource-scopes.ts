import { isScope, type Scope } from "@/lib/access/scopes/catalog";
import { declaredRoutes } from "./declared-routes";

/** A resource whose access the dashboard shows. The name is the first segment of its routes' paths. */
export type Resource = "integrations" | "connections";

export type ResourceScopes = {
  /** Each of these scopes gives access to a route that reads the resource. */
  readonly read: readonly Scope[];
  /** A key that holds one of these scopes gets the credentials too. */
  readonly credentials: readonly Scope[];
};

/** Finds the scopes that read a resource, singly or in a list, from the declared routes. */
export function scopesForResource(resource: Resource): ResourceScopes {
  const readRoutes = declaredRoutes.filter(
    ({ method, path, aliasOf }) => method === "GET" && aliasOf === null && path.split("/")[1] === resource,
  );
  return {
    read: [...new Set(readRoutes.flatMap(({ scope }) => (isScope(scope) ? [scope] : [])))],
    credentials: [
      ...new Set(
        readRoutes.flatMap(({ credentialsScope }) => (credentialsScope === null ? [] : [credentialsScope])),
      ),
    ],
  };
}
