import { Skeleton } from "@/components/ui/skeleton";

const rows = ["first", "second", "third", "fourth", "fifth"];

/** The placeholder of a page while it loads. */
export function PageSkeleton() {
  return (
    <div className="grid gap-6" role="status" aria-label="Loading">
      <div className="grid gap-2">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-4 w-full max-w-md" />
      </div>
      <div className="grid gap-px overflow-hidden rounded-card border">
        {rows.map((row) => (
          <div key={row} className="flex h-14 items-center gap-4 bg-panel px-4">
            <Skeleton className="h-4 w-1/4" />
            <Skeleton className="h-4 w-1/3" />
          </div>
        ))}
      </div>
    </div>
  );
}
