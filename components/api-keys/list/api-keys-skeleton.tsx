import { Skeleton } from "@/components/ui/skeleton";
import { cellClass, rowClass } from "./key-columns";

const nameWidths = ["w-44", "w-32", "w-40", "w-28"];

/** A placeholder for the table while it loads. */
export function KeyTableSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading API keys"
      className="@container rounded-card border bg-panel shadow-soft"
    >
      <div className="h-10 border-b px-4 py-3">
        <Skeleton className="h-4 w-14" />
      </div>
      {nameWidths.map((width) => (
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

/** A placeholder for the page while it loads. */
export function ApiKeysSkeleton() {
  return (
    <>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-32" />
        <Skeleton className="h-4 w-full max-w-md" />
      </div>
      <KeyTableSkeleton />
    </>
  );
}
