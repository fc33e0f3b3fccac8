import { allScopes, fullAccess, type Grant, includedScope, type Scope, type ScopeGroup } from "./catalog";
import { covers } from "./covers";
import { normalizeGrants, type Profile } from "./profiles";

/**
 * What the picker holds. `chosen` are the scopes ticked by hand: it survives a visit to Full access, and a plain scope
 * that a credentials scope also contains is still there when that one is unticked.
 */
export type Selection = {
  readonly access: "full" | "custom";
  readonly selectedScopes: readonly Scope[];
};

/** Nothing: a key is never given more than was asked for. */
export const emptySelection: Selection = { access: "custom", selectedScopes: [] };

export function selectionFromGrants(grants: readonly Grant[]): Selection {
  const chosen = grants.filter((grant) => grant !== fullAccess);
  return { access: chosen.length === grants.length ? "custom" : "full", selectedScopes: chosen };
}

/** What a key with this selection would be given; empty when nothing is ticked. */
export function grantsFromSelection({ access, selectedScopes }: Selection): Grant[] {
  return access === "full" ? [fullAccess] : normalizeGrants(selectedScopes);
}

export type ScopeState = {
  readonly isSelected: boolean;
  /** The ticked scope that contains this one, which is then ticked and cannot be unticked. */
  readonly includedIn: Scope | null;
};

export function scopeState(chosen: readonly Scope[], scope: Scope): ScopeState {
  const includedIn = chosen.find((other) => includedScope(other) === scope) ?? null;
  return { isSelected: includedIn !== null || chosen.includes(scope), includedIn };
}

/** Every scope that ticks or grants amount to, contained ones too, in catalogue order. */
export function effectiveScopes(grants: readonly Grant[]): Scope[] {
  return allScopes.filter((scope) => covers(grants, scope));
}

export type GroupState = {
  readonly selected: "none" | "some" | "all";
  readonly selectedCount: number;
  readonly total: number;
};

export function groupState(chosen: readonly Scope[], group: ScopeGroup): GroupState {
  const held = group.scopes.filter(({ scope }) => covers(chosen, scope)).length;
  const total = group.scopes.length;
  return { selected: held === 0 ? "none" : held === total ? "all" : "some", selectedCount: held, total };
}

/** Ticks or unticks one scope. A scope held through another stays as it is. */
export function toggleScope(selection: Selection, scope: Scope): Selection {
  const { isSelected, includedIn } = scopeState(selection.selectedScopes, scope);
  if (includedIn !== null) return selection;
  return isSelected
    ? { ...selection, selectedScopes: selection.selectedScopes.filter((other) => other !== scope) }
    : selectScopes(selection, [scope]);
}

/** A full group is emptied, any other is filled, scope by scope: no wildcard is ever given. */
export function toggleGroup(selection: Selection, group: ScopeGroup): Selection {
  const own: readonly Scope[] = group.scopes.map(({ scope }) => scope);
  return groupState(selection.selectedScopes, group).selected === "all"
    ? { ...selection, selectedScopes: selection.selectedScopes.filter((scope) => !own.includes(scope)) }
    : selectScopes(selection, own);
}

export function selectScopes(selection: Selection, scopes: readonly Scope[]): Selection {
  const wanted = new Set([...selection.selectedScopes, ...scopes]);
  return { access: "custom", selectedScopes: allScopes.filter((scope) => wanted.has(scope)) };
}

/** Fills the boxes with a profile. One that means Full access leaves them for a later change of mind. */
export function applyProfile(selection: Selection, profile: Profile): Selection {
  const { access, selectedScopes } = selectionFromGrants(profile.grants);
  return access === "full" ? { ...selection, access } : { access, selectedScopes };
}

/** Is the selection exactly this profile? */
export function matchesProfile(selection: Selection, profile: Profile): boolean {
  return grantsFromSelection(selection).join() === normalizeGrants(profile.grants).join();
}
