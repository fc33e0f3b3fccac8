"use client";

import { useState } from "react";
import { toast } from "sonner";
import { truncateName } from "@/components/api-keys/format/truncate-name";
import { useEditKey } from "@/components/api-keys/queries/use-key-changes";
import { DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { selectionFromGrants } from "@/lib/access/scopes/selection";
import { GrantChanges } from "./grant-changes";
import { KeyDialog } from "./key-dialog";
import { KeyForm } from "./key-form";
import { type KeyFormErrors, type KeyNameAndGrants, toFormErrors } from "./key-form-values";
import { Propagation } from "./propagation";

type EditKeyDialogProps = {
  readonly environment: string;
  readonly apiKey: ApiKeySummary;
  /** False once the list no longer contains the key: it was deleted. */
  readonly isListed: boolean;
  readonly onClose: () => void;
};

/** Renames a key and changes its scopes. Shows the changes since the dialog opened. */
export function EditKeyDialog({ environment, apiKey, isListed, onClose }: EditKeyDialogProps) {
  const [before] = useState(apiKey);
  const edit = useEditKey(environment);

  async function save(key: KeyNameAndGrants): Promise<KeyFormErrors | null> {
    const result = await edit.mutateAsync({ ...key, id: before.id });
    if (!result.ok) return toFormErrors(result.error);
    const hasNewScopes = result.value.grants.join() !== before.grants.join();
    toast(`${truncateName(result.value.displayName)} is saved`, {
      description: hasNewScopes && (
        <Propagation pendingText="Applying new scopes…" doneText="New scopes applied" />
      ),
    });
    onClose();
    return null;
  }

  return (
    <KeyDialog onCloseRequest={() => !edit.isPending && onClose()}>
      <DialogHeader className="border-b">
        <DialogTitle>Edit API Key</DialogTitle>
        <DialogDescription>
          The key itself stays the same. New scopes apply within a second.
        </DialogDescription>
        {!isListed && (
          <Notice tone="warn" role="status">
            This key was deleted by someone else. It can no longer be saved.
          </Notice>
        )}
      </DialogHeader>
      <KeyForm
        initial={{ displayName: before.displayName, selection: selectionFromGrants(before.grants) }}
        submitLabel="Save changes"
        busyLabel="Saving…"
        renderChanges={(grants) => <GrantChanges before={before.grants} after={grants} />}
        onSubmit={save}
        onCancel={onClose}
      />
    </KeyDialog>
  );
}
