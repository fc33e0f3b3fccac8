import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "h-9 w-full min-w-0 rounded-control border border-line-strong/70 bg-panel px-3 text-ink shadow-soft placeholder:text-ink-3 disabled:opacity-55 aria-invalid:border-danger",
        className,
      )}
      {...props}
    />
  );
}
