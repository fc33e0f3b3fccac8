"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { Section } from "@/components/shell/section";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { changeOverrideOriginsAction } from "@/lib/dashboard/server-actions/integrations";

type Props = {
  readonly environment: string;
  readonly id: number;
  readonly origins: readonly string[];
  readonly canChange: boolean;
};

/** Lists the origins that `Base-Url-Override` may name for an integration. Admins can change them. */
export function OverrideOrigins({ environment, id, origins, canChange }: Props) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const change = useServerAction(changeOverrideOriginsAction, () => {
    setIsOpen(false);
    router.refresh();
  });
  return (
    <Section
      title="Proxy origins"
      lead="The proxy sends credentials to the provider's API, and to these origins when a request names one as Base-Url-Override. Changes are recorded in Activity."
    >
      <div className="grid gap-3">
        {origins.length === 0 ? (
          <p className="text-ink-2">None besides the provider's API.</p>
        ) : (
          <ul className="grid gap-1">
            {origins.map((origin) => (
              <li key={origin}>
                <code className="break-all font-mono text-sm">{origin}</code>
              </li>
            ))}
          </ul>
        )}
        {canChange ? (
          <div>
            <Button onClick={() => setIsOpen(true)}>Change origins</Button>
          </div>
        ) : (
          <p className="text-ink-2">Only admins can change them.</p>
        )}
      </div>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={(open) => {
          change.clear();
          setIsOpen(open);
        }}
        title="Change proxy origins"
        description="Every key with environment:proxy can have this integration's credentials sent to them."
        submitLabel="Save origins"
        isPending={change.isPending}
        onSubmit={(form) => change.run({ environment, id, origins: readOrigins(form) })}
      >
        <Field
          id="override-origins"
          label="Origins, one per line"
          error={Object.values(change.error?.fields ?? {})[0]}
        >
          {(input) => (
            <textarea
              {...input}
              name="origins"
              rows={4}
              defaultValue={origins.join("\n")}
              placeholder="https://files.example.com"
              autoComplete="off"
              spellCheck={false}
              className="w-full min-w-0 resize-y rounded-control border border-line-strong/70 bg-panel px-3 py-2 font-mono text-ink text-sm shadow-soft aria-invalid:border-danger"
            />
          )}
        </Field>
        <ErrorNotice error={change.error} />
      </FormDialog>
    </Section>
  );
}

function readOrigins(form: FormData): string[] {
  return String(form.get("origins") ?? "")
    .split(/\s+/)
    .filter((line) => line !== "");
}
