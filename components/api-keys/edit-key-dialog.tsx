"use client";

import { useState } from "react";
import { toast } from "sonner";
import { DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { ApiKeySummary } from "@/lib/api-keys/model";
import { selectionOf } from "@/lib/scopes/selection";
import { GrantChanges } from "./grant-changes";
import { KeyDialog } from "./key-dialog";
import { KeyForm } from "./key-form";
import { errorsOf, type KeyFormErrors, type NewKey } from "./key-form-values";
import { useEditKey } from "./use-key-changes";

type EditKeyDialogProps = {
  readonly environment: string;
  readonly apiKey: ApiKeySummary;
  readonly onClose: () => void;
};

/** Renames a key and changes its scopes. What the key was when the dialog opened is what changes are told against. */
export function EditKeyDialog({ environment, apiKey, onClose }: EditKeyDialogProps) {
  const [before] = useState(apiKey);
  const edit = useEditKey(environment);

  async function save(key: NewKey): Promise<KeyFormErrors | null> {
    const result = await edit.mutateAsync({ ...key, id: before.id });
    if (!result.ok) return errorsOf(result.error);
    toast(`${result.value.displayName} is saved`);
    onClose();
    return null;
  }

  return (
    <KeyDialog onLeave={() => !edit.isPending && onClose()}>
      <DialogHeader className="border-b">
        <DialogTitle>Edit API Key</DialogTitle>
        <DialogDescription>
          The key itself stays the same. A change of scopes counts from its next request.
        </DialogDescription>
      </DialogHeader>
      <KeyForm
        initial={{ displayName: before.displayName, selection: selectionOf(before.grants) }}
        submitLabel="Save changes"
        busyLabel="Saving"
        about={(grants) => <GrantChanges before={before.grants} after={grants} />}
        onSubmit={save}
        onCancel={onClose}
      />
    </KeyDialog>
  );
}
