import Link from "next/link";
import type { Scope } from "@/lib/access/scopes/catalog";

/** A scope's name without the `environment:` prefix, linked to its entry on the Scope reference page. */
export function ScopeLink({ environment, scope }: { readonly environment: string; readonly scope: Scope }) {
  return (
    <Link
      href={`/env/${environment}/settings/api-keys/scopes#${scope}`}
      className="break-all font-mono underline decoration-line-strong underline-offset-3 hover:decoration-ink"
    >
      {scope.slice(scope.indexOf(":") + 1)}
    </Link>
  );
}
