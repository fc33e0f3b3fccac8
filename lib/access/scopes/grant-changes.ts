import { allScopes, fullAccess, type Grant, type Scope } from "./catalog";
import { covers } from "./covers";

export type GrantChanges = {
  readonly gained: readonly Scope[];
  readonly lost: readonly Scope[];
  /**
   * Whether Full access was gained or lost; null when neither. It also covers scopes added later, so the
   * lists above cannot express it.
   */
  readonly fullAccess: "gained" | "lost" | null;
};

/** Compares two sets of grants by the scopes that they cover. */
export function diffGrants(before: readonly Grant[], after: readonly Grant[]): GrantChanges {
  const isFull = after.includes(fullAccess);
  const hasChanged = before.includes(fullAccess) !== isFull;
  const change = isFull ? "gained" : "lost";
  return {
    gained: allScopes.filter((scope) => covers(after, scope) && !covers(before, scope)),
    lost: allScopes.filter((scope) => covers(before, scope) && !covers(after, scope)),
    fullAccess: hasChanged ? change : null,
  };
}

export function isUnchanged({ gained, lost, fullAccess }: GrantChanges): boolean {
  return gained.length === 0 && lost.length === 0 && fullAccess === null;
}
