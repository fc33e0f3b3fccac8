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

/** Shows a one-time link, which cannot be shown again. The dialog is closed while `issued` is null. */
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
              They can choose a password with it, once, within 24 hours. The link is not shown again.
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
