import { Checkbox } from "@/components/ui/checkbox";
import type { ScopeGroup as Group, Scope } from "@/lib/access/scopes/catalog";
import { groupState, scopeState } from "@/lib/access/scopes/selection";
import { ScopeCheckbox } from "./scope-checkbox";

type ScopeGroupProps = {
  readonly id: string;
  readonly group: Group;
  /** The scopes that match the search, of all groups. */
  readonly matchingScopes: readonly Scope[];
  readonly selectedScopes: readonly Scope[];
  readonly onToggle: (scope: Scope) => void;
  readonly onToggleGroup: (group: Group) => void;
};

const checkedState = { none: false, some: "indeterminate", all: true } as const;

export function ScopeGroup({
  id,
  group,
  matchingScopes,
  selectedScopes,
  onToggle,
  onToggleGroup,
}: ScopeGroupProps) {
  const { howMany, selectedCount, total } = groupState(selectedScopes, group);
  const entries = group.scopes.filter(({ scope }) => matchingScopes.some((other) => other === scope));
  if (entries.length === 0) return null;
  const checkboxState = (scope: Scope) => {
    const { isSelected, includedIn } = scopeState(selectedScopes, scope);
    return { isChecked: isSelected, includedIn };
  };
  return (
    <fieldset className="min-w-0 border-t px-3 py-2 first:border-t-0">
      <legend className="sr-only">{group.name}</legend>
      <div className="flex items-center gap-2.5 py-1">
        <Checkbox
          id={`${id}-group`}
          checked={checkedState[howMany]}
          aria-label={`All of ${group.name}`}
          aria-describedby={`${id}-count`}
          onCheckedChange={() => onToggleGroup(group)}
        />
        <label htmlFor={`${id}-group`} className="flex-1 font-medium">
          {group.name}
        </label>
        <span id={`${id}-count`} className="text-ink-3 text-sm tabular-nums">
          {selectedCount}/{total}
        </span>
      </div>
      {entries.map(({ scope, description }) => (
        <ScopeCheckbox
          key={scope}
          id={`${id}-${scope.replaceAll(":", "-")}`}
          scope={scope}
          description={description}
          {...checkboxState(scope)}
          onToggle={onToggle}
        />
      ))}
    </fieldset>
  );
}
