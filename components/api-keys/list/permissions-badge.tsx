import { memo } from "react";
import { Badge } from "@/components/ui/badge";
import { Hint } from "@/components/ui/hint";
import type { Grant } from "@/lib/access/scopes/catalog";
import { coversEverything } from "@/lib/access/scopes/covers";
import { formatGrantsLabel } from "@/lib/access/scopes/profiles";
import { effectiveScopes } from "@/lib/access/scopes/selection";

/** A short label of a key's grants. Shows every scope on hover and on focus. */
export const PermissionsBadge = memo(function PermissionsBadge({
  grants,
}: {
  readonly grants: readonly Grant[];
}) {
  const isFull = coversEverything(grants);
  return (
    <Hint className="rounded-full" content={isFull ? <EveryScope /> : <ScopeNames grants={grants} />}>
      <Badge tone={isFull ? "warn" : "plain"}>
        <span className="truncate">{formatGrantsLabel(grants)}</span>
      </Badge>
    </Hint>
  );
});

function EveryScope() {
  return (
    <>
      <code className="font-mono">environment:*</code>: every scope, including ones added later
    </>
  );
}

function ScopeNames({ grants }: { readonly grants: readonly Grant[] }) {
  return (
    <ul className="grid font-mono">
      {effectiveScopes(grants).map((scope) => (
        <li key={scope}>{scope}</li>
      ))}
    </ul>
  );
}
