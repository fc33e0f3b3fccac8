"use client";

import { writeClipboard } from "@/components/copy/clipboard";
import { useTemporaryFlag } from "@/components/copy/use-temporary-flag";
import type { ServerCallError } from "@/components/server-call/call-server";
import type { Result } from "@/lib/infrastructure/result";
import { useRevealableSecret } from "./use-revealable-secret";

/** Fetches one secret, to show it or to copy it without showing it. */
type FetchSecret = (how: "reveal" | "copy") => Promise<Result<string, ServerCallError>>;

/** `wasCopyBlocked`: the secret is shown because the browser blocked copying it. */
type ShownSecret = { readonly secret: string; readonly wasCopyBlocked: boolean };

type SecretState =
  | { readonly kind: "hidden" | "waiting" }
  | ({ readonly kind: "shown" } & ShownSecret)
  | { readonly kind: "failed"; readonly message: string };

export type SecretControls = {
  readonly state: SecretState;
  readonly wasCopied: boolean;
  readonly toggle: () => Promise<void>;
  readonly copy: () => Promise<void>;
};

/** Shows and hides a secret, or copies it without showing it. Calls `onCopied` after each copy. */
export function useSecret(fetchSecret: FetchSecret, onCopied?: () => void): SecretControls {
  const { state: revealState, fetchValue, show, hide } = useRevealableSecret<ShownSecret>();
  const [wasCopied, confirmCopy] = useTemporaryFlag();
  const state: SecretState =
    revealState.kind === "shown" ? { kind: "shown", ...revealState.value } : revealState;

  async function toggle() {
    if (state.kind === "shown") return hide();
    const secret = await fetchValue(() => fetchSecret("reveal"));
    if (secret !== null) show({ secret, wasCopyBlocked: false });
  }

  async function copy() {
    const secret = state.kind === "shown" ? state.secret : await fetchValue(() => fetchSecret("copy"));
    if (secret === null) return;
    if (await writeClipboard(secret)) {
      if (state.kind !== "shown") hide();
      confirmCopy();
      onCopied?.();
    } else {
      show({ secret, wasCopyBlocked: true });
    }
  }

  return { state, wasCopied, toggle, copy };
}
