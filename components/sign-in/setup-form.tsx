"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { formatSignInError, submitCredentials } from "./submit-credentials";

type State = { readonly email: string; readonly code: string | null };

const errorMessages: Readonly<Record<string, string>> = {
  link_invalid: "This link has expired or was already used. Ask for a new one.",
  duplicate_email: "This person is already a member",
  invalid_email: "Enter an email address",
  invalid_password: "At least 12 characters, at most 200",
};

/** Sets a member's password and signs in. `email` is null for the first admin, who enters one. */
export function SetupForm({ token, email }: { readonly token: string; readonly email: string | null }) {
  const [state, submit, isPending] = useActionState(
    async (_: State, form: FormData): Promise<State> => {
      const memberEmail = email ?? String(form.get("email") ?? "");
      const password = String(form.get("password") ?? "");
      const result = await submitCredentials("setup-link", {
        token,
        email: memberEmail,
        password,
        callbackUrl: "/",
      });
      if (!result.ok) return { email: memberEmail, code: result.error.code };
      location.assign(result.value);
      return { email: memberEmail, code: null };
    },
    { email: email ?? "", code: null },
  );
  const message =
    state.code === null ? undefined : (errorMessages[state.code] ?? formatSignInError(state.code));
  const isEmailError = state.code === "invalid_email" || state.code === "duplicate_email";
  const isPasswordError = state.code === "invalid_password";
  return (
    <form action={submit} className="grid gap-4">
      {message !== undefined && !isEmailError && !isPasswordError && (
        <Notice role="alert" tone="danger">
          {message}
        </Notice>
      )}
      <Field id="email" label="Email" error={isEmailError ? message : undefined}>
        {(input) => (
          <Input
            {...input}
            name="email"
            type="email"
            autoComplete="username"
            required
            readOnly={email !== null}
            defaultValue={state.email}
          />
        )}
      </Field>
      <Field
        id="password"
        label="New password"
        hint="At least 12 characters."
        error={isPasswordError ? message : undefined}
      >
        {(input) => (
          <Input
            {...input}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={200}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={isPending}>
        {isPending ? "Setting password…" : "Set password and sign in"}
      </Button>
    </form>
  );
}
