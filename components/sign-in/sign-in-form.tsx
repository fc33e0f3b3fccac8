"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { formatSignInError, submitCredentials } from "./submit-credentials";

type State = { readonly email: string; readonly error: string | null };

/**
 * Signs in with email and password. On success opens `returnTo` with a full page load, so that no data of an
 * earlier session stays in memory.
 */
export function SignInForm({ returnTo }: { readonly returnTo: string }) {
  const [state, submit, isPending] = useActionState(
    async (_: State, form: FormData): Promise<State> => {
      const email = String(form.get("email") ?? "");
      const password = String(form.get("password") ?? "");
      const result = await submitCredentials("credentials", { email, password, callbackUrl: returnTo });
      if (!result.ok) return { email, error: formatSignInError(result.error.code) };
      location.assign(result.value);
      return { email, error: null };
    },
    { email: "", error: null },
  );
  return (
    <form action={submit} className="grid gap-4">
      {state.error !== null && (
        <Notice role="alert" tone="danger">
          {state.error}
        </Notice>
      )}
      <Field id="email" label="Email">
        {(input) => (
          <Input
            {...input}
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={state.email}
            autoFocus
          />
        )}
      </Field>
      <Field id="password" label="Password">
        {(input) => (
          <Input {...input} name="password" type="password" autoComplete="current-password" required />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={isPending}>
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
