"use client";

import { useEffect, useRef, useState } from "react";
import { writeClipboard } from "@/components/copy/clipboard";
import { useConfirmation } from "@/components/copy/use-confirmation";
import type { Result } from "@/lib/result";

/** Gets one key's secret, to show it or to copy it unseen. */
export type ObtainSecret = (how: "reveal" | "copy") => Promise<Result<string, { readonly message: string }>>;

type SecretState =
  | { readonly kind: "hidden" }
  | { readonly kind: "waiting" }
  /** `copyDenied`: it is shown because the browser did not let it be copied. */
  | { readonly kind: "shown"; readonly secret: string; readonly copyDenied: boolean }
  | { readonly kind: "failed"; readonly message: string };

export type Secret = {
  readonly state: SecretState;
  readonly wasCopied: boolean;
  readonly toggle: () => Promise<void>;
  readonly copy: () => Promise<void>;
};

/** After this long a shown secret hides itself. */
export const shownSeconds = 30;

/**
 * A secret on the page: held here and nowhere else, gone after 30 seconds, when the window loses focus or is hidden,
 * and with its component. `onCopied` hears of each copy made.
 */
export function useSecret(obtain: ObtainSecret, onCopied?: () => void): Secret {
  const [state, setState] = useState<SecretState>({ kind: "hidden" });
  const [wasCopied, confirmCopy] = useConfirmation();
  const asked = useRef(0);
  const isShown = state.kind === "shown";

  useEffect(() => {
    if (!isShown) return;
    const hide = () => setState({ kind: "hidden" });
    const hideWithPage = () => {
      if (document.hidden) hide();
    };
    const timer = setTimeout(hide, shownSeconds * 1000);
    window.addEventListener("blur", hide);
    document.addEventListener("visibilitychange", hideWithPage);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("blur", hide);
      document.removeEventListener("visibilitychange", hideWithPage);
    };
  }, [isShown]);

  /** The secret, or null when it was refused or something else was asked for meanwhile. */
  async function fetchSecret(how: "reveal" | "copy"): Promise<string | null> {
    asked.current += 1;
    const turn = asked.current;
    setState({ kind: "waiting" });
    const result = await obtain(how);
    if (turn !== asked.current) return null;
    if (result.ok) return result.value;
    setState({ kind: "failed", message: result.error.message });
    return null;
  }

  async function toggle() {
    if (isShown) return setState({ kind: "hidden" });
    const secret = await fetchSecret("reveal");
    if (secret !== null)
      setState(document.hidden ? { kind: "hidden" } : { kind: "shown", secret, copyDenied: false });
  }

  async function copy() {
    const secret = isShown ? state.secret : await fetchSecret("copy");
    if (secret === null) return;
    if (await writeClipboard(secret)) {
      if (!isShown) setState({ kind: "hidden" });
      confirmCopy();
      onCopied?.();
    } else {
      setState({ kind: "shown", secret, copyDenied: true });
    }
  }

  return { state, wasCopied, toggle, copy };
}
