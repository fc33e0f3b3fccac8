import { fullAccess, type Grant, includedScope, type Scope } from "./catalog";

/**
 * True if `grants` allow `required`. Full access covers every scope; a credentials scope also covers the
 * plain scope that it includes; any other scope covers only itself. This is the only comparison of scopes.
 */
export function covers(grants: readonly Grant[], required: Scope): boolean {
  return grants.some(
    (grant) => grant === required || grant === fullAccess || includedScope(grant) === required,
  );
}

/** True for Full access, which also covers future scopes. All 21 scopes together are less. */
export function coversEverything(grants: readonly Grant[]): boolean {
  return grants.includes(fullAccess);
}
