"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { formatSignInError, submitCredentials } from "./submit-credentials";

type State = { readonly email: string; readonly code: string | null };

const errorMessages: Readonly<Record<string, string>> = {
  link_invalid: "This link was used already or is too old. Ask for a new one.",
  duplicate_email: "This person is a member already",
  invalid_email: "Enter an e-mail address",
  invalid_password: "At least 12 characters, at most 200",
};

/** Chooses a password; `email` is fixed when the link is somebody's, null when the first admin still names one. */
export function SetupForm({ token, email }: { readonly token: string; readonly email: string | null }) {
  const [state, submit, isPending] = useActionState(
    async (_: State, form: FormData): Promise<State> => {
      const typed = email ?? String(form.get("email") ?? "");
      const password = String(form.get("password") ?? "");
      const answer = await submitCredentials("setup-link", {
        token,
        email: typed,
        password,
        callbackUrl: "/",
      });
      if (!answer.ok) return { email: typed, code: answer.error.code };
      location.assign(answer.value);
      return { email: typed, code: null };
    },
    { email: email ?? "", code: null },
  );
  const sentence =
    state.code === null ? undefined : (errorMessages[state.code] ?? formatSignInError(state.code));
  const isAboutEmail = state.code === "invalid_email" || state.code === "duplicate_email";
  const isAboutPassword = state.code === "invalid_password";
  return (
    <form action={submit} className="grid gap-4">
      {sentence !== undefined && !isAboutEmail && !isAboutPassword && (
        <Notice role="alert" tone="danger">
          {sentence}
        </Notice>
      )}
      <Field id="email" label="Email" error={isAboutEmail ? sentence : undefined}>
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
        hint="At least 12 characters. Length is what counts."
        error={isAboutPassword ? sentence : undefined}
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
        {isPending ? "Setting the password…" : "Set password and sign in"}
      </Button>
    </form>
  );
}
