"use client";

import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Environment } from "@/lib/access/environments/model";
import { deleteEnvironmentAction } from "@/lib/dashboard/server-actions/environments";

/**
 * A button that deletes the environment after a confirmation. `consequences` says what the deletion causes.
 */
export function DeleteEnvironment({
  environment,
  consequences,
}: {
  readonly environment: Environment;
  readonly consequences: string;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const remove = useServerAction(deleteEnvironmentAction, () => location.assign("/"));
  return (
    <>
      <Button variant="danger" onClick={() => setIsOpen(true)}>
        Delete environment
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={(open) => {
          remove.clear();
          setIsOpen(open);
        }}
        title={`Delete ${environment.name}?`}
        description={consequences}
        submitLabel="Delete environment"
        tone="danger"
        isPending={remove.isPending}
        onSubmit={(form) =>
          remove.run({ environment: environment.name, confirmation: String(form.get("confirmation") ?? "") })
        }
      >
        <Field
          id="delete-environment-confirmation"
          label={`Type ${environment.name} to confirm`}
          error={remove.error?.fields?.confirmation}
        >
          {(input) => <Input {...input} name="confirmation" autoComplete="off" spellCheck={false} />}
        </Field>
        <ErrorNotice error={remove.error} />
      </FormDialog>
    </>
  );
}
