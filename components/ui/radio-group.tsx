"use client";

import { RadioGroup as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const RadioGroup = Primitive.Root;

export function RadioGroupItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        "grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-panel data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="size-1.5 rounded-full bg-accent-ink" />
    </Primitive.Item>
  );
}
