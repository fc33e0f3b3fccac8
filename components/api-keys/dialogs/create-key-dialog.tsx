"use client";

import { useState } from "react";
import { useShowNewKey } from "@/components/api-keys/queries/use-key-changes";
import { callServer } from "@/components/server-call/call-server";
import { DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { emptySelection } from "@/lib/access/scopes/selection";
import { createApiKeyAction } from "@/lib/dashboard/server-actions/api-keys";
import { KeyCreated } from "./key-created";
import { KeyDialog } from "./key-dialog";
import { KeyForm } from "./key-form";
import { type KeyFormErrors, type NewKey, toFormErrors } from "./key-form-values";

type Created = { readonly summary: ApiKeySummary; readonly secret: string };
type Stage = "editing" | "waiting" | "uncopied" | "confirming" | "copied";

/** Creates a key, then stays open until the key was copied or the person confirms closing without a copy. */
export function CreateKeyDialog({
  environment,
  onClose,
}: {
  readonly environment: string;
  readonly onClose: () => void;
}) {
  const showNewKey = useShowNewKey(environment);
  const [stage, setStage] = useState<Stage>("editing");
  // The secret is stored only in this state, which ends with the dialog.
  const [created, setCreated] = useState<Created | null>(null);

  async function create({ displayName, grants }: NewKey): Promise<KeyFormErrors | null> {
    setStage("waiting");
    const result = await callServer(() =>
      createApiKeyAction({ environment, displayName, grants: [...grants] }),
    );
    if (!result.ok) {
      setStage("editing");
      return toFormErrors(result.error);
    }
    setCreated(result.value);
    showNewKey(result.value.summary);
    setStage("uncopied");
    return null;
  }

  function requestClose() {
    if (stage === "waiting") return;
    if (stage === "uncopied") setStage("confirming");
    else if (stage === "confirming") setStage("uncopied");
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
            ? `For the ${environment} environment. You can change its name and scopes later.`
            : "It works now. Copy it here, or later from the list."}
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
          isConfirmingClose={stage === "confirming"}
          onCopied={() => setStage("copied")}
          onKeepOpen={() => setStage("uncopied")}
          onCloseRequest={requestClose}
          onCloseUncopied={onClose}
        />
      )}
    </KeyDialog>
  );
}
