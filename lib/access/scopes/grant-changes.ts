import { allScopes, fullAccess, type Grant, type Scope } from "./catalog";
import { covers } from "./covers";

export type GrantChanges = {
  readonly gained: readonly Scope[];
  readonly lost: readonly Scope[];
  /** Full access also means every scope still to come, which no list of names can say. */
  readonly fullAccess: "gained" | "lost" | null;
};

/** What a key can do after a change and could not before, and the other way round. */
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
