"use client";

import { Tooltip as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";

type HintProps = {
  /** More details about `children`. Rendered only while it is shown. */
  readonly content: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Text with details on hover, on focus and on a tap, for devices without hover. */
export function Hint({ content, className, children }: HintProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Primitive.Root open={isOpen} onOpenChange={setIsOpen}>
      <Primitive.Trigger
        type="button"
        className={cn("max-w-full cursor-default rounded-sm text-left", className)}
        onClick={(event) => {
          event.preventDefault();
          setIsOpen(true);
        }}
      >
        {children}
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-[calc(100vw-1rem)] rounded-control border bg-panel px-3 py-2 text-ink text-sm shadow-float sm:max-w-md"
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
