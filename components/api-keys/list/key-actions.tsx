import { PencilIcon, Trash2Icon } from "lucide-react";
import { memo } from "react";
import type { OpenKeyDialog } from "@/components/api-keys/dialogs/dialogs";
import { IconButton } from "@/components/api-keys/secret/icon-button";

type KeyActionsProps = {
  readonly id: number;
  /** The id of the element that names the key, for screen readers. */
  readonly nameId: string;
  readonly onOpenDialog: OpenKeyDialog;
};

export const KeyActions = memo(function KeyActions({ id, nameId, onOpenDialog }: KeyActionsProps) {
  return (
    <>
      <IconButton label="Edit" aria-describedby={nameId} onClick={() => onOpenDialog("edit", id)}>
        <PencilIcon aria-hidden />
      </IconButton>
      <IconButton
        label="Delete"
        aria-describedby={nameId}
        onClick={() => onOpenDialog("delete", id)}
        className="hover:text-danger-ink"
      >
        <Trash2Icon aria-hidden />
      </IconButton>
    </>
  );
});
