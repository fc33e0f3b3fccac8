"use client";

import { PlusIcon } from "lucide-react";
import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import { Button } from "@/components/ui/button";
import { createEnvironmentAction } from "@/lib/dashboard/server-actions/environments";
import { EnvironmentFields, environmentValuesOf } from "./environment-fields";

export function CreateEnvironment() {
  const [isOpen, setIsOpen] = useState(false);
  const create = useAction(createEnvironmentAction, (made) => location.assign(`/env/${made.name}`));
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <PlusIcon aria-hidden />
        Create environment
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={(open) => {
          create.clear();
          setIsOpen(open);
        }}
        title="Create environment"
        description="It starts with one key, Default - Full access."
        submit="Create environment"
        isPending={create.isPending}
        onSubmit={(form) => create.run(environmentValuesOf(form))}
      >
        <EnvironmentFields id="new-environment" error={create.refusal?.fields?.name} />
        <RefusalNotice refusal={create.refusal} />
      </FormDialog>
    </>
  );
}
