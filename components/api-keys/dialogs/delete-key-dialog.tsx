"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { truncateName } from "@/components/api-keys/format/truncate-name";
import { useDeleteKey } from "@/components/api-keys/queries/use-key-changes";
import { useClock } from "@/components/time/clock";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { deletionRisk } from "@/lib/access/api-keys/deletion-risk";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { KeyDetails } from "./key-details";
import { Propagation } from "./propagation";
import { useReturnFocus } from "./use-return-focus";

type DeleteKeyDialogProps = {
  readonly environment: string;
  /** The key with its latest use, as the list has it now or had it last. */
  readonly apiKey: ApiKeySummary;
  /** False once the list no longer contains the key: it was deleted here or by someone else. */
  readonly isListed: boolean;
  readonly keys: readonly ApiKeySummary[];
  readonly onClose: () => void;
};

/**
 * Shows the last use of the key, and requires its name if the deletion is risky. Stays open when it fails.
 */
export function DeleteKeyDialog({ environment, apiKey, isListed, keys, onClose }: DeleteKeyDialogProps) {
  const clock = useClock();
  const returnFocus = useReturnFocus();
  const remove = useDeleteKey(environment);
  const [typedName, setTypedName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const risk = deletionRisk(apiKey, keys, clock.now());
  // The row disappears while the deletion is still pending.
  const isDeletedHere = remove.isPending || remove.data?.ok === true;
  const isDeletedElsewhere = !isListed && !isDeletedHere;
  const isConfirmed = risk === "none" || typedName.normalize("NFC").trim() === apiKey.displayName;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isConfirmed || remove.isPending) return;
    setError(null);
    const result = await remove.mutateAsync(apiKey);
    if (!result.ok) return setError(result.error.message);
    toast(`${truncateName(apiKey.displayName)} is deleted`, {
      description: <Propagation pendingText="Revoking the key…" doneText="The key no longer works" />,
    });
    onClose();
  }

  return (
    <AlertDialog open onOpenChange={() => !remove.isPending && onClose()}>
      <AlertDialogContent onCloseAutoFocus={returnFocus}>
        <div className="grid gap-1">
          <AlertDialogTitle className="break-words">Delete {apiKey.displayName}?</AlertDialogTitle>
          <AlertDialogDescription>
            It stops working within a second. This cannot be undone.
          </AlertDialogDescription>
        </div>
        <KeyDetails apiKey={apiKey} risk={risk} />
        <form onSubmit={submit} className="grid gap-4">
          {isDeletedElsewhere && (
            <Notice tone="warn" role="status">
              This key was already deleted by someone else.
            </Notice>
          )}
          {risk !== "none" && !isDeletedElsewhere && (
            <Field id="typed-name" label={`Type ${apiKey.displayName} to confirm`}>
              {(input) => (
                <Input
                  {...input}
                  value={typedName}
                  onChange={(event) => setTypedName(event.currentTarget.value)}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  data-1p-ignore
                  data-lpignore="true"
                />
              )}
            </Field>
          )}
          {error !== null && (
            <Notice tone="danger" role="alert">
              {error}
            </Notice>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <AlertDialogCancel asChild>
              <Button disabled={remove.isPending}>{isDeletedElsewhere ? "Close" : "Cancel"}</Button>
            </AlertDialogCancel>
            {!isDeletedElsewhere && (
              <Button type="submit" variant="danger" disabled={!isConfirmed || remove.isPending}>
                {remove.isPending ? "Deleting…" : "Delete API Key"}
              </Button>
            )}
          </div>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
