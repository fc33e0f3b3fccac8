"use client";

import { useEffect, useState, useTransition } from "react";
import type { Result } from "@/lib/infrastructure/result";

/** Any refusal of an action, as a form shows it: words beside an input by its name, or one sentence for all. */
export type FormError = {
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
};

const unreachableError: FormError = {
  code: "unreachable",
  message: "Latchkey does not answer. Check your connection and try again.",
};

/**
 * Calls a server action and holds what it refused. A signed-out person is led to sign in and back; a call that did
 * not arrive is a refusal like any other; the first input with a complaint gets the focus. Waiting includes what `onDone` starts, such as a refresh.
 */
export function useServerAction<Input, Value>(
  action: (input: Input) => Promise<Result<Value, FormError>>,
  onDone: (value: Value) => void,
) {
  const [error, setRefusal] = useState<FormError | null>(null);
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    if (error?.fields === undefined) return;
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  function run(input: Input) {
    startTransition(async () => {
      const result = await action(input).catch(() => ({ ok: false, error: unreachableError }) as const);
      if (result.ok) {
        setRefusal(null);
        onDone(result.value);
        return;
      }
      if (result.error.code === "unauthenticated") {
        location.assign(`/signin?callbackUrl=${encodeURIComponent(location.pathname + location.search)}`);
      }
      setRefusal(result.error);
    });
  }
  return { run, refusal: error, isPending, clear: () => setRefusal(null) };
}
