"use client";

import { CheckIcon, MinusIcon } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "group grid size-4 shrink-0 place-items-center rounded-[4px] border border-line-strong bg-panel text-accent-ink data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent disabled:opacity-55",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator>
        <CheckIcon className="size-3 group-data-[state=indeterminate]:hidden" strokeWidth={3} aria-hidden />
        <MinusIcon
          className="hidden size-3 group-data-[state=indeterminate]:block"
          strokeWidth={3}
          aria-hidden
        />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
