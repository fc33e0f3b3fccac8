"use client";

import { useEffect, useRef, useState } from "react";
import { callServer, type ServerCallError } from "@/components/server-call/call-server";
import type { Result } from "@/lib/infrastructure/result";

export type RevealState<Value> =
  | { readonly kind: "hidden" }
  | { readonly kind: "waiting" }
  | { readonly kind: "shown"; readonly value: Value }
  | { readonly kind: "failed"; readonly message: string };

type SecretRequest<Value> = () => Promise<Result<Value, ServerCallError>>;

export type RevealControls<Value> = {
  readonly state: RevealState<Value>;
  readonly show: (value: Value) => void;
  readonly hide: () => void;
  /** What was asked for; null when it was refused, which is then the state, or when something else was asked for meanwhile. */
  readonly request: <Answer>(ask: SecretRequest<Answer>) => Promise<Answer | null>;
};

/** After this long what is shown hides itself. */
export const hideAfterSeconds = 30;

/**
 * Something secret on the page: held here and nowhere else, gone after 30 seconds, when the window loses focus or is
 * hidden, and with its component.
 */
export function useRevealed<Value>(): RevealControls<Value> {
  const [state, setState] = useState<RevealState<Value>>({ kind: "hidden" });
  const latestRequest = useRef(0);
  const isShown = state.kind === "shown";

  useEffect(() => {
    if (!isShown) return;
    const hide = () => setState({ kind: "hidden" });
    const hideWithPage = () => {
      if (document.hidden) hide();
    };
    const timer = setTimeout(hide, hideAfterSeconds * 1000);
    window.addEventListener("blur", hide);
    document.addEventListener("visibilitychange", hideWithPage);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("blur", hide);
      document.removeEventListener("visibilitychange", hideWithPage);
    };
  }, [isShown]);

  async function request<Answer>(ask: SecretRequest<Answer>): Promise<Answer | null> {
    latestRequest.current += 1;
    const requestNumber = latestRequest.current;
    setState({ kind: "waiting" });
    const result = await callServer(ask);
    if (requestNumber !== latestRequest.current) return null;
    if (result.ok) return result.value;
    setState({ kind: "failed", message: result.error.message });
    return null;
  }

  return {
    state,
    show: (value) => setState(document.hidden ? { kind: "hidden" } : { kind: "shown", value }),
    hide: () => setState({ kind: "hidden" }),
    request,
  };
}
