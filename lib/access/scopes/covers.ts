import { fullAccess, type Grant, includedScope, type Scope } from "./catalog";

/**
 * The only comparison of scopes: do `grants` allow `required`? Full access covers every scope; a credentials scope
 * covers its plain one (seed, "Credential Scopes"); nothing else covers anything but itself, and no grants, no.
 */
export function covers(grants: readonly Grant[], required: Scope): boolean {
  return grants.some(
    (grant) => grant === required || grant === fullAccess || includedScope(grant) === required,
  );
}

/** Is this Full access: every scope, also those still to come? All 21 names are less. */
export function coversEverything(grants: readonly Grant[]): boolean {
  return grants.includes(fullAccess);
}
