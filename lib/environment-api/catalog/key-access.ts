import { findKeysWithAccess, type KeyAccess } from "@/lib/access/api-keys/key-access";
import { listApiKeys } from "@/lib/access/api-keys/store";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { type Resource, type ResourceScopes, scopesForResource } from "./resource-scopes";

/**
 * Finds the scopes that give access to a resource, and reads which keys of the environment hold one of them
 * now.
 */
export async function readKeyAccess(
  db: Queryable,
  environmentId: number,
  resource: Resource,
): Promise<{ readonly scopes: ResourceScopes; readonly keys: readonly KeyAccess[] }> {
  const scopes = scopesForResource(resource);
  return { scopes, keys: findKeysWithAccess(await listApiKeys(db, environmentId), scopes, Date.now()) };
}
