import type { Grant, Scope } from "@/lib/access/scopes/catalogue";
import { compareGrants, isUnchanged } from "@/lib/access/scopes/changes";

type GrantChangesProps = { readonly before: readonly Grant[]; readonly after: readonly Grant[] };

/** What a change of scopes gives and takes, before it is made. Nothing while nothing changes. */
export function GrantChanges({ before, after }: GrantChangesProps) {
  const changes = compareGrants(before, after);
  if (after.length === 0 || isUnchanged(changes)) return null;
  const everything = "everything still to come";
  return (
    <dl className="grid gap-1.5 rounded-[10px] border px-3.5 py-2.5 text-sm">
      <Names
        title="Gains"
        className="text-live-ink"
        scopes={changes.gained}
        also={changes.fullAccess === "gained" ? everything : null}
      />
      <Names
        title="Loses"
        className="text-danger-ink"
        scopes={changes.lost}
        also={changes.fullAccess === "lost" ? everything : null}
      />
    </dl>
  );
}

type NamesProps = {
  readonly title: string;
  readonly className: string;
  readonly scopes: readonly Scope[];
  readonly also: string | null;
};

function Names({ title, className, scopes, also }: NamesProps) {
  if (scopes.length === 0 && also === null) return null;
  return (
    <div className="grid grid-cols-[3.5rem_minmax(0,1fr)]">
      <dt className={`font-medium ${className}`}>{title}</dt>
      <dd className="flex flex-wrap gap-x-2.5">
        {scopes.map((scope) => (
          <code key={scope} className="break-all font-mono">
            {scope}
          </code>
        ))}
        {also !== null && <span>{also}</span>}
      </dd>
    </div>
  );
}
