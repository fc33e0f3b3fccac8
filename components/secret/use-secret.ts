"use client";

import { writeClipboard } from "@/components/copy/clipboard";
import { useTemporaryFlag } from "@/components/copy/use-temporary-flag";
import type { ServerCallError } from "@/components/server-call/call-server";
import type { Result } from "@/lib/infrastructure/result";
import { useRevealed } from "./use-revealed";

/** Fetches one secret, to show it or to copy it without showing it. */
export type FetchSecret = (how: "reveal" | "copy") => Promise<Result<string, ServerCallError>>;

/** `copyDenied`: shown because the browser blocked copying. */
type ShownSecret = { readonly secret: string; readonly copyDenied: boolean };

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

/** A secret that can be shown, or copied without showing it. `onCopied` is called after each copy. */
export function useSecret(fetchSecret: FetchSecret, onCopied?: () => void): SecretControls {
  const { state: revealed, request, show, hide } = useRevealed<ShownSecret>();
  const [wasCopied, confirmCopy] = useTemporaryFlag();
  const state: SecretState = revealed.kind === "shown" ? { kind: "shown", ...revealed.value } : revealed;

  async function toggle() {
    if (state.kind === "shown") return hide();
    const secret = await request(() => fetchSecret("reveal"));
    if (secret !== null) show({ secret, copyDenied: false });
  }

  async function copy() {
    const secret = state.kind === "shown" ? state.secret : await request(() => fetchSecret("copy"));
    if (secret === null) return;
    if (await writeClipboard(secret)) {
      if (state.kind !== "shown") hide();
      confirmCopy();
      onCopied?.();
    } else {
      show({ secret, copyDenied: true });
    }
  }

  return { state, wasCopied, toggle, copy };
}
