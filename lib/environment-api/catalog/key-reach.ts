import { keysThatRead, type ReachingKey } from "@/lib/access/api-keys/reach";
import { listApiKeys } from "@/lib/access/api-keys/store";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { type Resource, type ResourceScopes, scopesThatShow } from "./resource-scopes";

/** Which scopes show a resource, and which keys of the environment hold one of them now. */
export async function readKeyReach(
  db: Queryable,
  environmentId: number,
  resource: Resource,
): Promise<{ readonly scopes: ResourceScopes; readonly keys: readonly ReachingKey[] }> {
  const scopes = scopesThatShow(resource);
  return { scopes, keys: keysThatRead(await listApiKeys(db, environmentId), scopes, Date.now()) };
}
