import { allScopes, fullAccess, type Grant, includedScope, type Scope, scopeEntries } from "./catalog";
import { covers } from "./covers";
import { normalizeGrants } from "./profiles";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const alternatives = new Intl.ListFormat("en", { type: "disjunction" });

/** The scopes that allow reading credentials: each of them includes the scope without credentials. */
const credentialScopes: readonly Scope[] = allScopes.filter((scope) => includedScope(scope) !== null);

/** The actions that are mentioned when a key cannot do them: those that do the most harm if a key leaks. */
const notableLimits: readonly { readonly scopes: readonly Scope[]; readonly ability: string }[] = [
  { scopes: credentialScopes, ability: "see credentials" },
  {
    scopes: ["environment:integrations:write", "environment:connections:write"],
    ability: "change integrations or connections",
  },
  { scopes: ["environment:deploy"], ability: "deploy" },
  { scopes: ["environment:connections:list"], ability: "list connections: connection IDs stay secret" },
];

export type GrantDescription = {
  /** Completes "This key can ...", without a full stop. */
  readonly can: string;
  /** Completes "It cannot ...", without a full stop; null when no notable action is denied. */
  readonly cannot: string | null;
};

/** Describes grants in words, for review before the key is saved. Null without grants. */
export function formatGrantDescription(grants: readonly Grant[]): GrantDescription | null {
  if (grants.length === 0) return null;
  if (grants.includes(fullAccess))
    return { can: "do everything in this environment, now and later", cannot: null };
  const normal = new Set<Grant>(normalizeGrants(grants));
  const abilities = scopeEntries.filter((entry) => normal.has(entry.scope)).map((entry) => entry.ability);
  const denied = notableLimits
    .filter(({ scopes }) => !scopes.some((scope) => covers(grants, scope)))
    .map(({ ability }) => ability);
  return { can: list.format(abilities), cannot: denied.length === 0 ? null : alternatives.format(denied) };
}

/**
 * True if the grants allow listing connection IDs. If they do not, a leaked key alone gives access to no
 * connection, because each request must name the ID of one.
 */
export function canListConnections(grants: readonly Grant[]): boolean {
  return covers(grants, "environment:connections:list");
}
