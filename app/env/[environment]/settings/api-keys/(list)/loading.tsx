import { KeyTableSkeleton } from "@/components/api-keys/list-states";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-32" />
        <Skeleton className="h-4 w-full max-w-md" />
      </div>
      <div className="@container">
        <KeyTableSkeleton />
      </div>
    </>
  );
}
