import { allScopes, fullAccess, type Grant, includedScope, type Scope, type ScopeGroup } from "./catalog";
import { covers } from "./covers";
import { normalizeGrants, type Profile } from "./profiles";

/**
 * State of the scope picker. `selectedScopes` are the scopes selected by hand. They are kept while Full
 * access is chosen. A plain scope that a selected credentials scope includes stays selected when the
 * credentials scope is unselected.
 */
export type Selection = {
  readonly access: "full" | "custom";
  readonly selectedScopes: readonly Scope[];
};

/** Selects no scope: a new key gets no scope by default. */
export const emptySelection: Selection = { access: "custom", selectedScopes: [] };

export function selectionFromGrants(grants: readonly Grant[]): Selection {
  const selectedScopes = grants.filter((grant) => grant !== fullAccess);
  return { access: selectedScopes.length === grants.length ? "custom" : "full", selectedScopes };
}

/** Returns the grants of a key with this selection. Empty when no scope is selected. */
export function grantsFromSelection({ access, selectedScopes }: Selection): Grant[] {
  return access === "full" ? [fullAccess] : normalizeGrants(selectedScopes);
}

export type ScopeState = {
  readonly isSelected: boolean;
  /** The selected scope that includes this one, which is then selected and locked; null if there is none. */
  readonly includedIn: Scope | null;
};

export function scopeState(selectedScopes: readonly Scope[], scope: Scope): ScopeState {
  const includedIn = selectedScopes.find((other) => includedScope(other) === scope) ?? null;
  return { isSelected: includedIn !== null || selectedScopes.includes(scope), includedIn };
}

/** Returns every scope that the grants cover, included scopes too, in catalog order. */
export function effectiveScopes(grants: readonly Grant[]): Scope[] {
  return allScopes.filter((scope) => covers(grants, scope));
}

export type GroupState = {
  readonly selected: "none" | "some" | "all";
  readonly selectedCount: number;
  readonly total: number;
};

export function groupState(selectedScopes: readonly Scope[], group: ScopeGroup): GroupState {
  const selectedCount = group.scopes.filter(({ scope }) => covers(selectedScopes, scope)).length;
  const total = group.scopes.length;
  const selected = selectedCount === total ? "all" : "some";
  return { selected: selectedCount === 0 ? "none" : selected, selectedCount, total };
}

/** Selects or unselects one scope. A scope that a selected scope includes stays unchanged. */
export function toggleScope(selection: Selection, scope: Scope): Selection {
  const { isSelected, includedIn } = scopeState(selection.selectedScopes, scope);
  if (includedIn !== null) return selection;
  return isSelected
    ? { ...selection, selectedScopes: selection.selectedScopes.filter((other) => other !== scope) }
    : selectScopes(selection, [scope]);
}

/** Clears a fully selected group; otherwise selects each scope of it. Never grants a wildcard. */
export function toggleGroup(selection: Selection, group: ScopeGroup): Selection {
  const groupScopes: readonly Scope[] = group.scopes.map(({ scope }) => scope);
  return groupState(selection.selectedScopes, group).selected === "all"
    ? {
        ...selection,
        selectedScopes: selection.selectedScopes.filter((scope) => !groupScopes.includes(scope)),
      }
    : selectScopes(selection, groupScopes);
}

/** Adds scopes to the selection and leaves Full access. */
export function selectScopes(selection: Selection, scopes: readonly Scope[]): Selection {
  const selected = new Set([...selection.selectedScopes, ...scopes]);
  return { access: "custom", selectedScopes: allScopes.filter((scope) => selected.has(scope)) };
}

/**
 * Replaces the selection with a profile. A Full access profile keeps the selected scopes for a change back.
 */
export function applyProfile(selection: Selection, profile: Profile): Selection {
  const { access, selectedScopes } = selectionFromGrants(profile.grants);
  return access === "full" ? { ...selection, access } : { access, selectedScopes };
}

/** True if the selection grants exactly what the profile does. */
export function matchesProfile(selection: Selection, profile: Profile): boolean {
  return grantsFromSelection(selection).join() === normalizeGrants(profile.grants).join();
}
