"use client";

import { useEffect, useRef } from "react";
import { Countdown } from "@/components/secret/countdown";
import { hideAfterSeconds } from "@/components/secret/use-revealable-secret";
import type { SecretControls } from "@/components/secret/use-secret";
import { Notice } from "@/components/ui/notice";

/** Shows a revealed secret or the error of revealing it. Renders nothing while the secret is hidden. */
export function SecretPanel({ secret, name }: { readonly secret: SecretControls; readonly name: string }) {
  const { state } = secret;
  if (state.kind === "failed") {
    return (
      <Notice tone="danger" role="alert">
        {state.message}
      </Notice>
    );
  }
  if (state.kind !== "shown") return null;
  return (
    <div className="grid gap-1.5">
      <SecretText secret={state.secret} name={name} isSelected={state.wasCopyBlocked} />
      {state.wasCopyBlocked && (
        <p role="alert" className="text-sm text-warn-ink">
          Your browser blocked copying. The key is selected: press Ctrl+C, or ⌘C on a Mac.
        </p>
      )}
      <p className="text-ink-3 text-sm">
        Hides in <Countdown seconds={hideAfterSeconds} /> or when you leave this window.
      </p>
    </div>
  );
}

type SecretTextProps = { readonly secret: string; readonly name: string; readonly isSelected: boolean };

/** Selects its text on focus. Its attributes keep browsers and password managers from storing it. */
function SecretText({ secret, name, isSelected }: SecretTextProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isSelected) return;
    input.current?.focus();
    input.current?.select();
  }, [isSelected]);
  return (
    <input
      ref={input}
      readOnly
      value={secret}
      size={57}
      aria-label={`Secret of ${name}`}
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      data-bwignore
      data-form-type="other"
      onFocus={(event) => event.currentTarget.select()}
      className="h-9 w-full min-w-0 max-w-[31rem] rounded-control border bg-raised px-3 font-mono text-ink text-sm"
    />
  );
}
