"use client";

import { PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createVariableAction } from "@/lib/dashboard/server-actions/variables";
import { readVariableValue, ValueField } from "./value-field";

export function AddVariable({ environment }: { readonly environment: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const create = useServerAction(createVariableAction, () => {
    setIsOpen(false);
    router.refresh();
  });
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <PlusIcon aria-hidden />
        Add variable
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={(open) => {
          create.clear();
          setIsOpen(open);
        }}
        title="Add variable"
        description={`Keys that can read the config of ${environment} get its value.`}
        submitLabel="Add variable"
        isPending={create.isPending}
        onSubmit={(form) =>
          create.run({ environment, name: String(form.get("name") ?? ""), value: readVariableValue(form) })
        }
      >
        <Field id="variable-name" label="Name" error={create.error?.fields?.name}>
          {(input) => (
            <Input
              {...input}
              name="name"
              placeholder="PAYMENTS_URL"
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-sm"
            />
          )}
        </Field>
        <ValueField id="variable-value" error={create.error?.fields?.value} />
        <ErrorNotice error={create.error} />
      </FormDialog>
    </>
  );
}
