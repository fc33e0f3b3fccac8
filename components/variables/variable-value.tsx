"use client";

import { Countdown } from "@/components/secret/countdown";
import { hideAfterSeconds } from "@/components/secret/use-revealable-secret";
import type { SecretControls } from "@/components/secret/use-secret";

/** A variable's value, hidden until it is revealed. The attributes keep password managers from storing it. */
export function VariableValue({ secret, name }: { readonly secret: SecretControls; readonly name: string }) {
  const { state } = secret;
  if (state.kind === "failed") {
    return (
      <p role="alert" className="text-danger-ink text-sm">
        {state.message}
      </p>
    );
  }
  if (state.kind !== "shown") {
    return (
      <span className="font-mono text-ink-3 tracking-wider">
        <span aria-hidden>••••••••••</span>
        <span className="sr-only">Hidden</span>
      </span>
    );
  }
  return (
    <div className="grid gap-1">
      <textarea
        readOnly
        rows={Math.min(6, state.secret.split("\n").length)}
        value={state.secret}
        aria-label={`Value of ${name}`}
        autoComplete="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        data-bwignore
        onFocus={(event) => event.currentTarget.select()}
        className="w-full min-w-0 resize-y rounded-control border bg-raised px-2.5 py-1.5 font-mono text-ink text-sm"
      />
      <p className="text-ink-3 text-sm">
        {state.wasCopyBlocked && "Your browser blocked copying. Select the value and copy it. "}
        Hides in <Countdown seconds={hideAfterSeconds} /> or when you leave this window.
      </p>
    </div>
  );
}
