"use client";

import { useEffect, useRef } from "react";
import { SecretButtons } from "@/components/api-keys/secret/secret-buttons";
import { SecretPanel } from "@/components/api-keys/secret/secret-panel";
import { useSecret } from "@/components/secret/use-secret";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { maskKey } from "@/lib/access/api-keys/mask";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { ok } from "@/lib/infrastructure/result";
import { SnippetBlock } from "./snippet-block";
import { snippetsFor } from "./snippets";

type KeyCreatedProps = {
  readonly environment: string;
  readonly created: { readonly summary: ApiKeySummary; readonly secret: string };
  /** True after an attempt to close the dialog before the key was copied. */
  readonly isConfirmingClose: boolean;
  readonly onCopied: () => void;
  readonly onKeepOpen: () => void;
  readonly onCloseRequest: () => void;
  readonly onCloseWithoutCopying: () => void;
};

/** Shows the new key, hidden at first, and snippets to paste into an app. */
export function KeyCreated({
  environment,
  created,
  isConfirmingClose,
  onCopied,
  onKeepOpen,
  onCloseRequest,
  onCloseWithoutCopying,
}: KeyCreatedProps) {
  const { summary, secret } = created;
  const mask = maskKey(summary.prefix, summary.lastFour);
  const secretControls = useSecret(async () => ok(secret), onCopied);
  const keyBox = useRef<HTMLDivElement>(null);
  useEffect(() => {
    keyBox.current?.focus();
  }, []);
  return (
    <>
      <DialogBody className="grid gap-4 pt-4">
        <div
          ref={keyBox}
          tabIndex={-1}
          onCopy={onCopied}
          className="grid gap-2 rounded-[10px] border px-3.5 py-2.5 outline-none"
        >
          <div className="flex flex-wrap items-center justify-between gap-2">
            <code id="new-key" className="font-mono">
              {mask}
            </code>
            <SecretButtons secret={secretControls} describedBy="new-key" />
          </div>
          <SecretPanel secret={secretControls} name={summary.displayName} />
        </div>
        <div className="grid gap-3">
          {snippetsFor(environment, window.location.origin, summary.grants).map(({ name, text }) => (
            <SnippetBlock
              key={name}
              name={name}
              displayText={text(secretControls.state.kind === "shown" ? secretControls.state.secret : mask)}
              copyText={text(secret)}
              onCopied={onCopied}
            />
          ))}
        </div>
      </DialogBody>
      <DialogFooter>
        {isConfirmingClose ? (
          <CloseConfirmation onKeepOpen={onKeepOpen} onCloseWithoutCopying={onCloseWithoutCopying} />
        ) : (
          <Button variant="primary" onClick={onCloseRequest}>
            Done
          </Button>
        )}
      </DialogFooter>
    </>
  );
}

function CloseConfirmation({
  onKeepOpen,
  onCloseWithoutCopying,
}: {
  readonly onKeepOpen: () => void;
  readonly onCloseWithoutCopying: () => void;
}) {
  const keepOpenButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    keepOpenButton.current?.focus();
  }, []);
  return (
    <>
      <p role="alert" className="mr-auto text-warn-ink">
        You have not copied this key yet. Close anyway?
      </p>
      <Button ref={keepOpenButton} onClick={onKeepOpen}>
        Keep open
      </Button>
      <Button variant="ghost" onClick={onCloseWithoutCopying}>
        Close without copying
      </Button>
    </>
  );
}
