import { ChevronRightIcon } from "lucide-react";
import type { KeyAccess } from "@/lib/access/api-keys/key-access";
import type { Scope } from "@/lib/access/scopes/catalog";
import { formatKeyAccess } from "./format-key-access";
import { KeyAccessList } from "./key-access-list";
import { ScopeHint } from "./scope-hint";

type KeyAccessSummaryProps = {
  readonly environment: string;
  readonly pronoun: "this" | "these";
  readonly keys: readonly KeyAccess[];
  readonly scopes: { readonly read: readonly Scope[]; readonly credentials: readonly Scope[] };
};

/** Counts the keys that can read the data of the page; lists them when opened. */
export function KeyAccessSummary({ environment, pronoun, keys, scopes }: KeyAccessSummaryProps) {
  return (
    <details className="group rounded-card border bg-panel shadow-soft">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-card px-4 py-2.5 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRightIcon
          aria-hidden
          className="size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90"
        />
        {formatKeyAccess(keys, pronoun)}
      </summary>
      <div className="grid gap-2 border-t px-4 py-3">
        {keys.length > 0 && <KeyAccessList environment={environment} keys={keys} />}
        <ScopeHint environment={environment} scopes={scopes} />
      </div>
    </details>
  );
}
