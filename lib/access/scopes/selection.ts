import { allScopes, fullAccess, type Grant, includedBy, type Scope, type ScopeGroup } from "./catalogue";
import { covers } from "./covers";
import { normaliseGrants, type Profile } from "./profiles";

/**
 * What the picker holds. `chosen` are the scopes ticked by hand: it survives a visit to Full access, and a plain scope
 * that a credentials scope also contains is still there when that one is unticked.
 */
export type Selection = {
  readonly access: "full" | "custom";
  readonly chosen: readonly Scope[];
};

/** Nothing: a key is never given more than was asked for. */
export const emptySelection: Selection = { access: "custom", chosen: [] };

export function selectionOf(grants: readonly Grant[]): Selection {
  const chosen = grants.filter((grant) => grant !== fullAccess);
  return { access: chosen.length === grants.length ? "custom" : "full", chosen };
}

/** What a key with this selection would be given; empty when nothing is ticked. */
export function grantsOf({ access, chosen }: Selection): Grant[] {
  return access === "full" ? [fullAccess] : normaliseGrants(chosen);
}

export type ScopeState = {
  readonly isTicked: boolean;
  /** The ticked scope that contains this one, which is then ticked and cannot be unticked. */
  readonly includedIn: Scope | null;
};

export function scopeState(chosen: readonly Scope[], scope: Scope): ScopeState {
  const includedIn = chosen.find((other) => includedBy(other) === scope) ?? null;
  return { isTicked: includedIn !== null || chosen.includes(scope), includedIn };
}

/** Every scope that ticks or grants amount to, contained ones too, in catalogue order. */
export function heldScopes(grants: readonly Grant[]): Scope[] {
  return allScopes.filter((scope) => covers(grants, scope));
}

export type GroupState = {
  readonly ticked: "none" | "some" | "all";
  readonly held: number;
  readonly total: number;
};

export function groupState(chosen: readonly Scope[], group: ScopeGroup): GroupState {
  const held = group.scopes.filter(({ scope }) => covers(chosen, scope)).length;
  const total = group.scopes.length;
  return { ticked: held === 0 ? "none" : held === total ? "all" : "some", held, total };
}

/** Ticks or unticks one scope. A scope held through another stays as it is. */
export function toggleScope(selection: Selection, scope: Scope): Selection {
  const { isTicked, includedIn } = scopeState(selection.chosen, scope);
  if (includedIn !== null) return selection;
  return isTicked
    ? { ...selection, chosen: selection.chosen.filter((other) => other !== scope) }
    : tickScopes(selection, [scope]);
}

/** A full group is emptied, any other is filled, scope by scope: no wildcard is ever given. */
export function toggleGroup(selection: Selection, group: ScopeGroup): Selection {
  const own: readonly Scope[] = group.scopes.map(({ scope }) => scope);
  return groupState(selection.chosen, group).ticked === "all"
    ? { ...selection, chosen: selection.chosen.filter((scope) => !own.includes(scope)) }
    : tickScopes(selection, own);
}

export function tickScopes(selection: Selection, scopes: readonly Scope[]): Selection {
  const wanted = new Set([...selection.chosen, ...scopes]);
  return { access: "custom", chosen: allScopes.filter((scope) => wanted.has(scope)) };
}

/** Fills the boxes with a profile. One that means Full access leaves them for a later change of mind. */
export function applyProfile(selection: Selection, profile: Profile): Selection {
  const { access, chosen } = selectionOf(profile.grants);
  return access === "full" ? { ...selection, access } : { access, chosen };
}

/** Is the selection exactly this profile? */
export function isProfile(selection: Selection, profile: Profile): boolean {
  return grantsOf(selection).join() === normaliseGrants(profile.grants).join();
}
