import { cn } from "@/components/ui/cn";

/** Does the list still move? Said in words and, when it stopped, aloud. */
export function UpdatesMark({ isPaused }: { readonly isPaused: boolean }) {
  return (
    <p
      role="status"
      className={cn("flex items-center gap-2 text-sm", isPaused ? "text-warn-ink" : "text-live-ink")}
    >
      <span
        aria-hidden
        className={cn("size-2 rounded-full", isPaused ? "border-[1.5px] border-warn" : "bg-live")}
      />
      {isPaused ? "Updates paused, retrying" : "Up to date"}
    </p>
  );
}
