import type { Grant, Scope } from "@/lib/access/scopes/catalog";
import { diffGrants, isUnchanged } from "@/lib/access/scopes/grant-changes";

type GrantChangesProps = { readonly before: readonly Grant[]; readonly after: readonly Grant[] };

/** What a change of scopes gives and takes, before it is made. Nothing while nothing changes. */
export function GrantChanges({ before, after }: GrantChangesProps) {
  const changes = diffGrants(before, after);
  if (after.length === 0 || isUnchanged(changes)) return null;
  const everything = "everything still to come";
  return (
    <dl className="grid gap-1.5 rounded-[10px] border px-3.5 py-2.5 text-sm">
      <ScopeNames
        title="Gains"
        className="text-live-ink"
        scopes={changes.gained}
        extra={changes.fullAccess === "gained" ? everything : null}
      />
      <ScopeNames
        title="Loses"
        className="text-danger-ink"
        scopes={changes.lost}
        extra={changes.fullAccess === "lost" ? everything : null}
      />
    </dl>
  );
}

type ScopeNamesProps = {
  readonly title: string;
  readonly className: string;
  readonly scopes: readonly Scope[];
  readonly extra: string | null;
};

function ScopeNames({ title, className, scopes, extra }: ScopeNamesProps) {
  if (scopes.length === 0 && extra === null) return null;
  return (
    <div className="grid grid-cols-[3.5rem_minmax(0,1fr)]">
      <dt className={`font-medium ${className}`}>{title}</dt>
      <dd className="flex flex-wrap gap-x-2.5">
        {scopes.map((scope) => (
          <code key={scope} className="break-all font-mono">
            {scope}
          </code>
        ))}
        {extra !== null && <span>{extra}</span>}
      </dd>
    </div>
  );
}
