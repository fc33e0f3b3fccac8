import { cn } from "@/components/ui/cn";
import type { Grant } from "@/lib/access/scopes/catalog";
import { canListConnections, formatGrantDescription } from "@/lib/access/scopes/grant-description";

/** Describes in words what the chosen grants allow. */
export function GrantPreview({ grants }: { readonly grants: readonly Grant[] }) {
  const description = formatGrantDescription(grants);
  return (
    <p aria-live="polite" className="rounded-[10px] bg-raised px-3.5 py-2.5 text-ink-2">
      {description === null ? (
        <>
          <strong className="font-medium text-ink">This key can</strong> do nothing yet. Select at least one
          scope, or choose Full access.
        </>
      ) : (
        <>
          <strong className="font-medium text-ink">This key can</strong> {description.can}.{" "}
          {description.cannot !== null && (
            <>
              <strong className="font-medium text-ink">It cannot</strong> {description.cannot}.
            </>
          )}
        </>
      )}
    </p>
  );
}

/**
 * Advises against the scope `connections:list`, in the words of Nango's documentation. Empty without that
 * scope.
 */
export function ConnectionsListScopeWarning({
  grants,
  className,
}: {
  readonly grants: readonly Grant[];
  readonly className?: string;
}) {
  if (!canListConnections(grants)) return null;
  return (
    <p role="note" className={cn("rounded-[10px] bg-warn-soft px-3.5 py-2.5 text-warn-ink", className)}>
      For extra security, avoid when possible granting <code className="font-mono">connections:list</code> to
      backend services. Without it, connection IDs act as connection-specific secrets: a leaked API key alone
      won’t let an attacker enumerate and access customer data.
    </p>
  );
}
