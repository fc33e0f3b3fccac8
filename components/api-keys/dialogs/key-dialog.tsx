"use client";

import type { ReactNode } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useReturnFocus } from "./use-return-focus";

type KeyDialogProps = {
  /** Called when Escape or Close is pressed. The dialog closes when its parent stops rendering it. */
  readonly onCloseRequest: () => void;
  readonly children: ReactNode;
};

/** A dialog that stays open on a click outside, so that neither input nor a new key is lost. */
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

/** Escape in a search box with text clears the text and does not close the dialog. */
function preventCloseWhileSearching(event: KeyboardEvent) {
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type === "search" && target.value !== "")
    event.preventDefault();
}
