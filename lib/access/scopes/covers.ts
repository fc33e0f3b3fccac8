import { fullAccess, type Grant, includedScope, type Scope } from "./catalog";

/**
 * True if `grants` allow `required`. Full access covers every scope; a scope covers itself and the scope that
 * it includes. This is the only function that authorizes by scope.
 */
export function covers(grants: readonly Grant[], required: Scope): boolean {
  return grants.some(
    (grant) => grant === required || grant === fullAccess || includedScope(grant) === required,
  );
}

/** True for Full access. It also covers scopes added later, so it is more than all 21 scopes together. */
export function coversEverything(grants: readonly Grant[]): boolean {
  return grants.includes(fullAccess);
}
