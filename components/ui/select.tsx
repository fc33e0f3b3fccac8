import { ChevronDownIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The browser's native select: accessible on every device and without script. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <span className="relative inline-flex w-full min-w-0">
      <select
        className={cn(
          "h-9 w-full min-w-0 appearance-none truncate rounded-control border border-line-strong/70 bg-panel pr-8 pl-3 text-ink shadow-soft disabled:opacity-55 aria-invalid:border-danger",
          className,
        )}
        {...props}
      />
      <ChevronDownIcon
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-3"
        aria-hidden
      />
    </span>
  );
}
