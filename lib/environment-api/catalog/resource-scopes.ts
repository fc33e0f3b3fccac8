import { isScope, type Scope } from "@/lib/access/scopes/catalog";
import { declaredRoutes } from "./declared-routes";

/** What people look at in the dashboard and keys reach through the API: the first part of its routes' paths. */
export type Resource = "integrations" | "connections";

export type ResourceScopes = {
  /** Each of these opens a route that shows the resource. */
  readonly read: readonly Scope[];
  /** With each of these such a route also shows its credentials. */
  readonly credentials: readonly Scope[];
};

/** The scopes that show a resource, alone or in a list, read from the routes as they are declared. */
export function scopesForResource(resource: Resource): ResourceScopes {
  const reading = declaredRoutes.filter(
    ({ method, path, aliasOf }) => method === "GET" && aliasOf === null && path.split("/")[1] === resource,
  );
  return {
    read: [...new Set(reading.flatMap(({ scope }) => (isScope(scope) ? [scope] : [])))],
    credentials: [
      ...new Set(
        reading.flatMap(({ credentialsScope }) => (credentialsScope === null ? [] : [credentialsScope])),
      ),
    ],
  };
}
