"use client";

import { useEffect, useRef, useState } from "react";
import { callServer, type ServerCallError } from "@/components/server-call/call-server";
import type { Result } from "@/lib/infrastructure/result";
import { mayShowSecret } from "./may-show-secret";

export type RevealState<Value> =
  | { readonly kind: "hidden" }
  | { readonly kind: "waiting" }
  | { readonly kind: "shown"; readonly value: Value }
  | { readonly kind: "failed"; readonly message: string };

type Load<Value> = () => Promise<Result<Value, ServerCallError>>;

export type RevealControls<Value> = {
  readonly state: RevealState<Value>;
  readonly show: (value: Value) => void;
  readonly hide: () => void;
  /**
   * Fetches a value and returns it without showing it. The state is `waiting` until `show` or `hide` is
   * called. Returns null if the request failed (the state is then `failed`) or if a newer request was
   * started. `Fetched` can differ from `Value`, which is what is shown.
   */
  readonly fetchValue: <Fetched>(load: Load<Fetched>) => Promise<Fetched | null>;
};

export const hideAfterSeconds = 30;

/**
 * Holds a secret while it is shown. Drops it after `hideAfterSeconds`, when the window loses the focus, when
 * the page is hidden and when the component unmounts.
 */
export function useRevealableSecret<Value>(): RevealControls<Value> {
  const [state, setState] = useState<RevealState<Value>>({ kind: "hidden" });
  const latestRequest = useRef(0);
  const isShown = state.kind === "shown";

  useEffect(() => {
    if (!isShown) return;
    const hide = () => setState({ kind: "hidden" });
    const hideIfPageIsHidden = () => {
      if (document.hidden) hide();
    };
    const timer = setTimeout(hide, hideAfterSeconds * 1000);
    window.addEventListener("blur", hide);
    document.addEventListener("visibilitychange", hideIfPageIsHidden);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("blur", hide);
      document.removeEventListener("visibilitychange", hideIfPageIsHidden);
    };
  }, [isShown]);

  async function fetchValue<Fetched>(load: Load<Fetched>): Promise<Fetched | null> {
    latestRequest.current += 1;
    const requestNumber = latestRequest.current;
    setState({ kind: "waiting" });
    const result = await callServer(load);
    if (requestNumber !== latestRequest.current) return null;
    if (result.ok) return result.value;
    setState({ kind: "failed", message: result.error.message });
    return null;
  }

  return {
    state,
    show: (value) => setState(mayShowSecret(document) ? { kind: "shown", value } : { kind: "hidden" }),
    hide: () => setState({ kind: "hidden" }),
    fetchValue,
  };
}
