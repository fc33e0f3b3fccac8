import { KeyRoundIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { cellClass, rowClass } from "./key-columns";
import { StateCard } from "./state-card";

const shapes = ["w-44", "w-32", "w-40", "w-28"];

/** The table's own shape while it loads. */
export function KeyTableSkeleton() {
  return (
    <div role="status" aria-label="Loading API keys" className="rounded-card border bg-panel shadow-soft">
      <div className={"h-10 border-b px-4 py-3"}>
        <Skeleton className="h-4 w-14" />
      </div>
      {shapes.map((width) => (
        <div key={width} className={rowClass}>
          <Skeleton className={`${cellClass.name} h-4 ${width}`} />
          <Skeleton className="order-3 h-4 w-28 self-center" />
          <Skeleton className="order-4 h-5 w-24 self-center rounded-full" />
          <div className="order-5 grid gap-1.5 py-1.5">
            <Skeleton className="h-4 w-20" />
            <Skeleton className="h-3 w-36" />
          </div>
          <Skeleton className="order-6 h-4 w-16 self-center" />
        </div>
      ))}
    </div>
  );
}

export function NoKeys({
  environment,
  canManage,
}: {
  readonly environment: string;
  readonly canManage: boolean;
}) {
  return (
    <StateCard icon={<KeyRoundIcon aria-hidden />} title={`No API keys in ${environment}`}>
      <p className="max-w-md text-ink-2">
        Every request to this environment is refused until it has a key.{" "}
        {canManage
          ? "Create one above, and give it only the scopes its app needs."
          : "Ask an admin to create one."}
      </p>
    </StateCard>
  );
}

export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <StateCard icon={<KeyRoundIcon aria-hidden />} title="No key matches">
      <p className="text-ink-2">There are keys, but none that this search and filter show.</p>
      <Button size="small" onClick={onClear}>
        Show all keys
      </Button>
    </StateCard>
  );
}
