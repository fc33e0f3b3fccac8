"use client";

import { PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createVariableAction } from "@/lib/dashboard/server-actions/variables";
import { ValueField, variableValueOf } from "./value-field";

export function AddVariable({ environment }: { readonly environment: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const create = useAction(createVariableAction, () => {
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
        description={`A key with permission to read the config of ${environment} gets it.`}
        submit="Add variable"
        isPending={create.isPending}
        onSubmit={(form) =>
          create.run({ environment, name: String(form.get("name") ?? ""), value: variableValueOf(form) })
        }
      >
        <Field id="variable-name" label="Name" error={create.refusal?.fields?.name}>
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
        <ValueField id="variable-value" error={create.refusal?.fields?.value} />
        <RefusalNotice refusal={create.refusal} />
      </FormDialog>
    </>
  );
}
