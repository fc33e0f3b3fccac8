import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badgeVariants = cva(
  "inline-flex max-w-full items-center gap-1 rounded-full border px-2 py-px text-[0.78125rem] leading-[1.125rem]",
  {
    variants: {
      tone: {
        plain: "bg-panel text-ink-2",
        warn: "border-transparent bg-warn-soft text-warn-ink",
        live: "border-transparent bg-live-soft text-live-ink",
        danger: "border-transparent bg-danger-soft text-danger-ink",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

export function Badge({
  className,
  tone,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}
