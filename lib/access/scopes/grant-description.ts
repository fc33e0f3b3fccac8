import { allScopes, fullAccess, type Grant, includedScope, type Scope, scopeEntries } from "./catalog";
import { covers } from "./covers";
import { normalizeGrants } from "./profiles";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const alternatives = new Intl.ListFormat("en", { type: "disjunction" });

const credentialScopes: readonly Scope[] = allScopes.filter((scope) => includedScope(scope) !== null);

/** The refusals worth saying aloud: what a person would fear most from a key that leaks. */
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
  /** Reads after "This key can"; without a full stop. */
  readonly can: string;
  /** Reads after "It cannot"; null when nothing of note is refused. */
  readonly cannot: string | null;
};

/** A grant read back in words before it is given. Null for no grant at all. */
export function formatGrantDescription(grants: readonly Grant[]): GrantDescription | null {
  if (grants.length === 0) return null;
  if (grants.includes(fullAccess))
    return { can: "do everything in this environment, now and later", cannot: null };
  const normal = new Set<Grant>(normalizeGrants(grants));
  const abilities = scopeEntries.filter((entry) => normal.has(entry.scope)).map((entry) => entry.ability);
  const refused = notableLimits
    .filter(({ scopes }) => !scopes.some((scope) => covers(grants, scope)))
    .map(({ ability }) => ability);
  return { can: list.format(abilities), cannot: refused.length === 0 ? null : alternatives.format(refused) };
}

/**
 * Does the grant let its holder find connection IDs? Without it they act as connection-specific secrets: a leaked key
 * alone opens no connection (seed, "Backend Service").
 */
export function canListConnections(grants: readonly Grant[]): boolean {
  return covers(grants, "environment:connections:list");
}
