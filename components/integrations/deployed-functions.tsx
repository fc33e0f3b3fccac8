import { ExactTime } from "@/components/shell/exact-time";
import { Badge } from "@/components/ui/badge";
import type { FunctionKind } from "@/lib/functions/definitions/model";
import type { FunctionView } from "@/lib/functions/definitions/view";

const kindNames = {
  sync: "Sync",
  action: "Action",
  "on-event": "On event",
} as const satisfies Record<FunctionKind, string>;

/** The deployed functions of an integration, without their code. */
export function DeployedFunctions({ functions }: { readonly functions: readonly FunctionView[] }) {
  return (
    <section aria-labelledby="functions" className="grid gap-3">
      <h2 id="functions" className="font-semibold">
        Functions
      </h2>
      <ul className="rounded-card border bg-panel shadow-soft">
        {functions.map(({ id, kind, name, version, description, enabled, deployedAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t px-4 py-2.5 first:border-t-0"
          >
            <span className="min-w-0 break-all font-medium">{name}</span>
            <Badge>{kindNames[kind]}</Badge>
            {!enabled && <Badge tone="warn">Disabled</Badge>}
            <span className="text-ink-2 text-sm sm:ml-auto">
              {version} · deployed <ExactTime at={deployedAt} />
            </span>
            {description !== null && description !== "" && (
              <p className="w-full break-words text-ink-2 text-sm">{description}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
