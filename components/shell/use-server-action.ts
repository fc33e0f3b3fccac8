"use client";

import { useEffect, useState, useTransition } from "react";
import { callServer, type ServerCallError } from "@/components/server-call/call-server";
import type { Result } from "@/lib/infrastructure/result";

/**
 * Calls a server action and holds its error. After an error of inputs, the first invalid input gets the
 * focus. `isPending` stays true until the transitions that `onDone` starts, such as a refresh, have ended.
 */
export function useServerAction<Input, Value>(
  action: (input: Input) => Promise<Result<Value, ServerCallError>>,
  onDone: (value: Value) => void,
) {
  const [error, setError] = useState<ServerCallError | null>(null);
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    if (error?.fields === undefined) return;
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  function run(input: Input) {
    startTransition(async () => {
      const result = await callServer(() => action(input));
      setError(result.ok ? null : result.error);
      if (result.ok) onDone(result.value);
    });
  }
  return { run, error, isPending, clear: () => setError(null) };
}
