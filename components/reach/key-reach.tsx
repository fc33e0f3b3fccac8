import { ChevronRightIcon } from "lucide-react";
import type { ReachingKey } from "@/lib/access/api-keys/reach";
import type { Scope } from "@/lib/access/scopes/catalogue";
import { ReachingKeys } from "./reaching-keys";
import { sayReach } from "./say-reach";
import { ScopeHint } from "./scope-hint";

type KeyReachProps = {
  readonly environment: string;
  readonly what: "this" | "these";
  readonly keys: readonly ReachingKey[];
  readonly scopes: { readonly read: readonly Scope[]; readonly credentials: readonly Scope[] };
};

/** How far the environment's keys reach into what the page shows: counted in one line, named when it is opened. */
export function KeyReach({ environment, what, keys, scopes }: KeyReachProps) {
  return (
    <details className="group rounded-card border bg-panel shadow-soft">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-card px-4 py-2.5 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRightIcon
          aria-hidden
          className="size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90"
        />
        {sayReach(keys, what)}
      </summary>
      <div className="grid gap-2 border-t px-4 py-3">
        {keys.length > 0 && <ReachingKeys environment={environment} keys={keys} />}
        <ScopeHint environment={environment} scopes={scopes} />
      </div>
    </details>
  );
}
