"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { formatSignInError, submitCredentials } from "./submit-credentials";

type State = { readonly email: string; readonly problem: string | null };

/** E-mail and password; on success a whole new page at `returnTo`, so that nothing of a former person stays in memory. */
export function SignInForm({ returnTo }: { readonly returnTo: string }) {
  const [state, submit, isPending] = useActionState(
    async (_: State, form: FormData): Promise<State> => {
      const email = String(form.get("email") ?? "");
      const password = String(form.get("password") ?? "");
      const answer = await submitCredentials("credentials", { email, password, callbackUrl: returnTo });
      if (!answer.ok) return { email, problem: formatSignInError(answer.error.code) };
      location.assign(answer.value);
      return { email, problem: null };
    },
    { email: "", problem: null },
  );
  return (
    <form action={submit} className="grid gap-4">
      {state.problem !== null && (
        <Notice role="alert" tone="danger">
          {state.problem}
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
