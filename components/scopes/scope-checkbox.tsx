import { memo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { Scope } from "@/lib/access/scopes/catalog";

type ScopeCheckboxProps = {
  readonly id: string;
  readonly scope: Scope;
  readonly description: string;
  readonly isChecked: boolean;
  /** The selected scope that includes this one; null if there is none. */
  readonly includedIn: Scope | null;
  readonly onToggle: (scope: Scope) => void;
};

/**
 * One scope. Locked while a selected scope includes it. It then stays focusable, so that screen readers read
 * it.
 */
export const ScopeCheckbox = memo(function ScopeCheckbox(props: ScopeCheckboxProps) {
  const { id, scope, description, isChecked, includedIn, onToggle } = props;
  const isLocked = includedIn !== null;
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 py-1 pl-6.5 sm:grid-cols-[auto_18.75rem_minmax(0,1fr)]">
      <Checkbox
        id={id}
        aria-label={scope}
        aria-describedby={`${id}-about`}
        aria-disabled={isLocked || undefined}
        checked={isChecked}
        onCheckedChange={() => {
          if (!isLocked) onToggle(scope);
        }}
        className="mt-0.5 aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
      />
      <label htmlFor={id} className="select-text wrap-anywhere font-mono text-xs leading-5">
        {scope}
      </label>
      <p id={`${id}-about`} className="col-start-2 text-ink-2 text-sm sm:col-start-3">
        {description}
        {isLocked && <span className="text-ink-3"> · included by {includedIn.split(":").at(-1)}</span>}
      </p>
    </div>
  );
});
