"use client";

import { CheckIcon } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Not modal: the page stays accessible to screen readers, and the menu closes when the focus leaves it. */
export function DropdownMenu(props: Omit<ComponentProps<typeof Primitive.Root>, "modal">) {
  return <Primitive.Root modal={false} {...props} />;
}
export const DropdownMenuTrigger = Primitive.Trigger;

/** Without a portal, so that the menu is in the same landmark as its button. */
export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Content
      sideOffset={4}
      collisionPadding={8}
      className={cn(
        "z-50 min-w-44 rounded-[10px] border bg-panel p-1 text-left shadow-float data-[state=open]:animate-in data-[state=open]:fade-in-0",
        className,
      )}
      {...props}
    />
  );
}

export function DropdownMenuItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        "flex cursor-pointer items-center gap-2 rounded-[6px] px-2.5 py-1.5 text-ink outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-raised data-[disabled]:opacity-55 [&_svg]:size-4 [&_svg]:text-ink-3",
        className,
      )}
      {...props}
    />
  );
}

export function DropdownMenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn("px-2.5 py-1.5 text-ink-3 text-sm", className)} {...props} />;
}

export const DropdownMenuRadioGroup = Primitive.RadioGroup;

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem
      className={cn(
        "flex cursor-pointer items-center gap-2 rounded-[6px] px-2.5 py-1.5 text-ink outline-none data-[highlighted]:bg-raised [&_svg]:size-4 [&_svg]:text-ink-3",
        className,
      )}
      {...props}
    >
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <CheckIcon aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}
