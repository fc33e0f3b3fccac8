import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const noticeVariants = cva("rounded-control px-3 py-2.5", {
  variants: {
    tone: {
      plain: "bg-raised text-ink-2",
      warn: "bg-warn-soft text-warn-ink",
      danger: "bg-danger-soft text-danger-ink",
      live: "bg-live-soft text-live-ink",
    },
  },
  defaultVariants: { tone: "plain" },
});

/** A highlighted message. */
export function Notice({
  className,
  tone,
  ...props
}: ComponentProps<"div"> & VariantProps<typeof noticeVariants>) {
  return <div className={cn(noticeVariants({ tone }), className)} {...props} />;
}
