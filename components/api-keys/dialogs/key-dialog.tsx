"use client";

import type { ReactNode } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useReturnFocus } from "./use-return-focus";

type KeyDialogProps = {
  /** Asked whenever the person wants out; the dialog goes when its parent stops rendering it. */
  readonly onCloseRequest: () => void;
  readonly children: ReactNode;
};

/** A dialog that a stray click beside it does not close: what was typed or just created would be lost. */
export function KeyDialog({ onCloseRequest, children }: KeyDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog open onOpenChange={onCloseRequest}>
      <DialogContent
        className="max-w-[42.5rem]"
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={preventCloseWhileSearching}
        onCloseAutoFocus={returnFocus}
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}

/** Escape in a search box with text in it means that text. */
function preventCloseWhileSearching(event: KeyboardEvent) {
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type === "search" && target.value !== "")
    event.preventDefault();
}
