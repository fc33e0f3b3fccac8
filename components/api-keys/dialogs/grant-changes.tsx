import type { Grant, Scope } from "@/lib/access/scopes/catalog";
import { diffGrants, isUnchanged } from "@/lib/access/scopes/grant-changes";

type GrantChangesProps = { readonly before: readonly Grant[]; readonly after: readonly Grant[] };

/** Previews the scopes that an edit adds and removes. Renders nothing while there is no change. */
export function GrantChanges({ before, after }: GrantChangesProps) {
  const changes = diffGrants(before, after);
  if (after.length === 0 || isUnchanged(changes)) return null;
  const laterScopes = "every scope added later";
  return (
    <dl className="grid gap-1.5 rounded-[10px] border px-3.5 py-2.5 text-sm">
      <ScopeNames
        title="Adds"
        className="text-live-ink"
        scopes={changes.gained}
        otherText={changes.fullAccess === "gained" ? laterScopes : null}
      />
      <ScopeNames
        title="Removes"
        className="text-danger-ink"
        scopes={changes.lost}
        otherText={changes.fullAccess === "lost" ? laterScopes : null}
      />
    </dl>
  );
}

type ScopeNamesProps = {
  readonly title: string;
  readonly className: string;
  readonly scopes: readonly Scope[];
  /** Text to show after the scopes; null for none. */
  readonly otherText: string | null;
};

function ScopeNames({ title, className, scopes, otherText }: ScopeNamesProps) {
  if (scopes.length === 0 && otherText === null) return null;
  return (
    <div className="grid grid-cols-[4.5rem_minmax(0,1fr)]">
      <dt className={`font-medium ${className}`}>{title}</dt>
      <dd className="flex flex-wrap gap-x-2.5">
        {scopes.map((scope) => (
          <code key={scope} className="break-all font-mono">
            {scope}
          </code>
        ))}
        {otherText !== null && <span>{otherText}</span>}
      </dd>
    </div>
  );
}
