"use client";

import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { SetupLinkField } from "./setup-link-field";

export type IssuedLink = { readonly email: string; readonly link: string };

/** Shows a one-time link, this once. `issued` null is closed. */
export function SetupLinkDialog({
  issued,
  onClose,
}: {
  readonly issued: IssuedLink | null;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open={issued !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      {issued !== null && (
        <DialogContent>
          <DialogHeader>
            <DialogTitle>Send this link to {issued.email}</DialogTitle>
            <DialogDescription>
              It lets them choose a password, once, within 24 hours. It is not shown again.
            </DialogDescription>
          </DialogHeader>
          <DialogBody>
            <SetupLinkField link={new URL(issued.link, location.origin).href} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </DialogFooter>
        </DialogContent>
      )}
    </Dialog>
  );
}
