import type { Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { getKeyActivity } from "./key-activity";
import type { ApiKeySummary } from "./model";

/** A key that can read a resource. `withCredentials`: whether it can also read the resource's credentials. */
export type KeyAccess = Pick<
  ApiKeySummary,
  "id" | "displayName" | "prefix" | "lastFour" | "grants" | "lastUsedAt"
> & {
  readonly withCredentials: boolean;
};

/**
 * Returns the unexpired keys that can read a resource: those with at least one scope of `read` or
 * `credentials`. Keys that can read the credentials come first. `now` in milliseconds since 1970.
 */
export function findKeysWithAccess(
  keys: readonly ApiKeySummary[],
  { read, credentials }: { readonly read: readonly Scope[]; readonly credentials: readonly Scope[] },
  now: number,
): KeyAccess[] {
  const hasAnyScope = (key: ApiKeySummary, scopes: readonly Scope[]) =>
    scopes.some((scope) => covers(key.grants, scope));
  return keys
    .filter((key) => getKeyActivity(key, now) !== "expired" && hasAnyScope(key, [...read, ...credentials]))
    .map((key) => {
      const { id, displayName, prefix, lastFour, grants, lastUsedAt } = key;
      const withCredentials = hasAnyScope(key, credentials);
      return { id, displayName, prefix, lastFour, grants, lastUsedAt, withCredentials };
    })
    .sort((a, b) => Number(b.withCredentials) - Number(a.withCredentials));
}
