"use client";

import { EyeIcon, EyeOffIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ServerCallError } from "@/components/server-call/call-server";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Result } from "@/lib/infrastructure/result";
import type { SecretField } from "@/lib/upstream/providers/secret-fields";
import { Countdown } from "./countdown";
import { HiddenCredentials } from "./hidden-credentials";
import { SecretFields } from "./secret-fields";
import { hideAfterSeconds, useRevealableSecret } from "./use-revealable-secret";

type CredentialPanelProps = {
  readonly fetchCredentials: () => Promise<Result<readonly SecretField[], ServerCallError>>;
};

/** Credentials. Dots until they are revealed, then one field per value. */
export function CredentialPanel({ fetchCredentials }: CredentialPanelProps) {
  const { state, show, hide, fetchValue } = useRevealableSecret<readonly SecretField[]>();
  const button = useRef<HTMLButtonElement>(null);
  const wasShown = useRef(false);
  const isShown = state.kind === "shown";

  useEffect(() => {
    // A value that had the focus was hidden: moves the focus to the button that shows it again.
    if (wasShown.current && !isShown && document.activeElement === document.body) button.current?.focus();
    wasShown.current = isShown;
  }, [isShown]);

  async function toggle() {
    if (isShown) return hide();
    const fields = await fetchValue(fetchCredentials);
    if (fields !== null) show(fields);
  }

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {isShown ? (
          <p className="text-ink-2 text-sm">
            Hides in <Countdown seconds={hideAfterSeconds} /> or when you leave this window.
          </p>
        ) : (
          <HiddenCredentials />
        )}
        <Button
          ref={button}
          size="small"
          aria-pressed={isShown}
          aria-busy={state.kind === "waiting"}
          onClick={state.kind === "waiting" ? undefined : toggle}
        >
          {isShown ? <EyeOffIcon aria-hidden /> : <EyeIcon aria-hidden />}
          {isShown ? "Hide credentials" : "Show credentials"}
        </Button>
      </div>
      {state.kind === "failed" && (
        <Notice tone="danger" role="alert">
          {state.message}
        </Notice>
      )}
      {isShown && <SecretFields fields={state.value} />}
    </div>
  );
}
