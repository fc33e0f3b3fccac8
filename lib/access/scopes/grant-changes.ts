import { allScopes, fullAccess, type Grant, type Scope } from "./catalog";
import { covers } from "./covers";

export type GrantChanges = {
  readonly gained: readonly Scope[];
  readonly lost: readonly Scope[];
  /** Full access also covers future scopes, so it is not a list of scopes. Null when unchanged. */
  readonly fullAccess: "gained" | "lost" | null;
};

/** Compares two sets of grants by the scopes that they cover. */
export function diffGrants(before: readonly Grant[], after: readonly Grant[]): GrantChanges {
  const wasFull = before.includes(fullAccess);
  const isFull = after.includes(fullAccess);
  return {
    gained: allScopes.filter((scope) => covers(after, scope) && !covers(before, scope)),
    lost: allScopes.filter((scope) => covers(before, scope) && !covers(after, scope)),
    fullAccess: wasFull === isFull ? null : isFull ? "gained" : "lost",
  };
}

export function isUnchanged({ gained, lost, fullAccess }: GrantChanges): boolean {
  return gained.length === 0 && lost.length === 0 && fullAccess === null;
}
