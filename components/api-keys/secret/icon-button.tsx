import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title" | "type"> & {
  readonly label: string;
  readonly isBusy?: boolean;
};

/** A button of 32 by 32 px. Its label is its accessible name, and is shown below it on hover and on focus. */
export function IconButton({ label, isBusy = false, onClick, className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? undefined : onClick}
      className={cn(
        "relative grid size-8 place-items-center rounded-control text-ink-3 transition-colors hover:bg-raised hover:text-ink aria-busy:opacity-55 aria-pressed:text-ink [&_svg]:size-4",
        "after:pointer-events-none after:absolute after:top-full after:z-20 after:hidden after:whitespace-nowrap after:rounded-[6px] after:border after:bg-panel after:px-2 after:py-0.5 after:text-ink after:text-sm after:shadow-float after:content-[attr(aria-label)] hover:after:block focus-visible:after:block",
        className,
      )}
      {...props}
    />
  );
}
