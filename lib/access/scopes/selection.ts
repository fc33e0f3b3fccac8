import { allScopes, fullAccess, type Grant, includedScope, type Scope, type ScopeGroup } from "./catalog";
import { covers } from "./covers";
import { normalizeGrants, type Profile } from "./profiles";

/**
 * State of the scope picker. `selectedScopes` are the scopes that were selected themselves. A scope that is
 * only included in another one is not among them: it is unselected together with the other one.
 * `selectedScopes` are kept while Full access is chosen.
 */
export type Selection = {
  readonly access: "full" | "custom";
  readonly selectedScopes: readonly Scope[];
};

/** The selection of a new key. It grants nothing by default. */
export const emptySelection: Selection = { access: "custom", selectedScopes: [] };

/** Returns the selection that shows these grants. Empty scopes for Full access. */
export function selectionFromGrants(grants: readonly Grant[]): Selection {
  const selectedScopes = grants.filter((grant) => grant !== fullAccess);
  return { access: selectedScopes.length === grants.length ? "custom" : "full", selectedScopes };
}

/** Returns the grants that this selection stands for. Empty when no scope is selected. */
export function grantsFromSelection({ access, selectedScopes }: Selection): Grant[] {
  return access === "full" ? [fullAccess] : normalizeGrants(selectedScopes);
}

export type ScopeState = {
  readonly isSelected: boolean;
  /**
   * The selected scope that includes this one; null if there is none. An included scope counts as selected
   * and cannot be unselected by itself.
   */
  readonly includedIn: Scope | null;
};

export function scopeState(selectedScopes: readonly Scope[], scope: Scope): ScopeState {
  const includedIn = selectedScopes.find((other) => includedScope(other) === scope) ?? null;
  return { isSelected: includedIn !== null || selectedScopes.includes(scope), includedIn };
}

/** Returns every scope that the grants cover, included ones too, in catalog order. */
export function effectiveScopes(grants: readonly Grant[]): Scope[] {
  return allScopes.filter((scope) => covers(grants, scope));
}

export type GroupState = {
  readonly howMany: "none" | "some" | "all";
  /** Number of selected scopes, included ones too. */
  readonly selectedCount: number;
  /** Number of scopes in the group. */
  readonly total: number;
};

export function groupState(selectedScopes: readonly Scope[], group: ScopeGroup): GroupState {
  const selectedCount = group.scopes.filter(({ scope }) => covers(selectedScopes, scope)).length;
  const total = group.scopes.length;
  const someOrAll = selectedCount === total ? "all" : "some";
  return { howMany: selectedCount === 0 ? "none" : someOrAll, selectedCount, total };
}

/** Selects or unselects one scope. Changes nothing while another selected scope includes it. */
export function toggleScope(selection: Selection, scope: Scope): Selection {
  const { isSelected, includedIn } = scopeState(selection.selectedScopes, scope);
  if (includedIn !== null) return selection;
  return isSelected
    ? { ...selection, selectedScopes: selection.selectedScopes.filter((other) => other !== scope) }
    : addScopes(selection, [scope]);
}

/**
 * Unselects all scopes of a group if all are selected; otherwise selects them all. Never chooses Full access.
 */
export function toggleGroup(selection: Selection, group: ScopeGroup): Selection {
  const groupScopes: readonly Scope[] = group.scopes.map(({ scope }) => scope);
  return groupState(selection.selectedScopes, group).howMany === "all"
    ? {
        ...selection,
        selectedScopes: selection.selectedScopes.filter((scope) => !groupScopes.includes(scope)),
      }
    : addScopes(selection, groupScopes);
}

/** Adds scopes to the selection and changes it to custom access. */
export function addScopes(selection: Selection, scopes: readonly Scope[]): Selection {
  const selected = new Set([...selection.selectedScopes, ...scopes]);
  return { access: "custom", selectedScopes: allScopes.filter((scope) => selected.has(scope)) };
}

/**
 * Replaces the selection with a profile. If the profile is Full access, the selected scopes are kept in case
 * the user changes back to custom access.
 */
export function applyProfile(selection: Selection, profile: Profile): Selection {
  const { access, selectedScopes } = selectionFromGrants(profile.grants);
  return access === "full" ? { ...selection, access } : { access, selectedScopes };
}

/** True if the selection grants exactly what the profile does. */
export function matchesProfile(selection: Selection, profile: Profile): boolean {
  return grantsFromSelection(selection).join() === normalizeGrants(profile.grants).join();
}
