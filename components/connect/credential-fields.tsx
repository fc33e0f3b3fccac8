import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ConnectMode } from "@/lib/upstream/providers/model";

type Props = { readonly authMode: ConnectMode; readonly errors: Readonly<Record<string, string>> };

// Credentials of another service: password managers must not fill in or store them for this site.
const noAutofill = {
  autoComplete: "off",
  autoCapitalize: "none",
  spellCheck: false,
  "data-1p-ignore": true,
  "data-lpignore": "true",
} as const;

/** Inputs for the end user's credentials; none for OAuth 2, where the provider's page asks for them. */
export function CredentialFields({ authMode, errors }: Props) {
  if (authMode === "OAUTH2") return null;
  if (authMode === "API_KEY") {
    return (
      <Field id="api-key" label="API key" error={errors["credentials.apiKey"]}>
        {(input) => (
          <Input {...input} {...noAutofill} name="apiKey" type="password" required maxLength={1024} />
        )}
      </Field>
    );
  }
  return (
    <>
      <Field id="username" label="User name" error={errors["credentials.username"]}>
        {(input) => <Input {...input} {...noAutofill} name="username" required maxLength={1024} />}
      </Field>
      <Field id="password" label="Password" error={errors["credentials.password"]}>
        {(input) => <Input {...input} {...noAutofill} name="password" type="password" maxLength={1024} />}
      </Field>
    </>
  );
}
