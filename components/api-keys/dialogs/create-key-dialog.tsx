"use client";

import { useState } from "react";
import { useAddKeyToList } from "@/components/api-keys/queries/use-key-changes";
import { callServer } from "@/components/server-call/call-server";
import { DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { emptySelection } from "@/lib/access/scopes/selection";
import { createApiKeyAction } from "@/lib/dashboard/server-actions/api-keys";
import { KeyCreated } from "./key-created";
import { KeyDialog } from "./key-dialog";
import { KeyForm } from "./key-form";
import { type KeyFormErrors, type KeyNameAndGrants, toFormErrors } from "./key-form-values";

type CreatedKey = { readonly summary: ApiKeySummary; readonly secret: string };
type Stage = "editing" | "creating" | "notCopied" | "confirmingClose" | "copied";

/**
 * Creates a key, then offers it for copying. Asks for confirmation when the dialog is closed before the key
 * was copied.
 */
export function CreateKeyDialog({
  environment,
  onClose,
}: {
  readonly environment: string;
  readonly onClose: () => void;
}) {
  const addKeyToList = useAddKeyToList(environment);
  const [stage, setStage] = useState<Stage>("editing");
  // The secret is stored only in this state, which is discarded when the dialog closes.
  const [created, setCreated] = useState<CreatedKey | null>(null);

  async function create({ displayName, grants }: KeyNameAndGrants): Promise<KeyFormErrors | null> {
    setStage("creating");
    const result = await callServer(() =>
      createApiKeyAction({ environment, displayName, grants: [...grants] }),
    );
    if (!result.ok) {
      setStage("editing");
      return toFormErrors(result.error);
    }
    setCreated(result.value);
    addKeyToList(result.value.summary);
    setStage("notCopied");
    return null;
  }

  function requestClose() {
    if (stage === "creating") return;
    if (stage === "notCopied") setStage("confirmingClose");
    // Escape on the confirmation only dismisses the confirmation.
    else if (stage === "confirmingClose") setStage("notCopied");
    else onClose();
  }

  return (
    <KeyDialog onCloseRequest={requestClose}>
      <DialogHeader className="border-b">
        <DialogTitle>
          {created === null ? "Create API Key" : `${created.summary.displayName} is ready`}
        </DialogTitle>
        <DialogDescription>
          {created === null
            ? `For the ${environment} environment. You can change the key’s name and permissions later.`
            : "Copy the key here. You can also copy it from the list later."}
        </DialogDescription>
      </DialogHeader>
      {created === null ? (
        <KeyForm
          initial={{ displayName: "", selection: emptySelection }}
          submitLabel="Create API Key"
          busyLabel="Creating…"
          onSubmit={create}
          onCancel={requestClose}
        />
      ) : (
        <KeyCreated
          environment={environment}
          created={created}
          isConfirmingClose={stage === "confirmingClose"}
          onCopied={() => setStage("copied")}
          onKeepOpen={() => setStage("notCopied")}
          onCloseRequest={requestClose}
          onCloseWithoutCopying={onClose}
        />
      )}
    </KeyDialog>
  );
}
