import { PencilIcon, Trash2Icon } from "lucide-react";
import { memo } from "react";
import type { OpenKeyDialog } from "@/components/api-keys/dialogs/dialogs";
import { IconButton } from "@/components/api-keys/secret/icon-button";

type KeyActionsProps = {
  readonly id: number;
  /** The element that names the key. */
  readonly nameId: string;
  readonly onOpen: OpenKeyDialog;
};

export const KeyActions = memo(function KeyActions({ id, nameId, onOpen }: KeyActionsProps) {
  return (
    <>
      <IconButton label="Edit" aria-describedby={nameId} onClick={() => onOpen("edit", id)}>
        <PencilIcon aria-hidden />
      </IconButton>
      <IconButton
        label="Delete"
        aria-describedby={nameId}
        onClick={() => onOpen("delete", id)}
        className="hover:text-danger-ink"
      >
        <Trash2Icon aria-hidden />
      </IconButton>
    </>
  );
});
