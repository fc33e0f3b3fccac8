"use client";

import { PlusIcon } from "lucide-react";
import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import { createEnvironmentAction } from "@/lib/dashboard/server-actions/environments";
import { EnvironmentFields, readEnvironmentValues } from "./environment-fields";

export function CreateEnvironment() {
  const [isOpen, setIsOpen] = useState(false);
  const create = useServerAction(createEnvironmentAction, (environment) =>
    location.assign(`/env/${environment.name}`),
  );
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
        description="It starts with one API key, Default - Full access."
        submitLabel="Create environment"
        isPending={create.isPending}
        onSubmit={(form) => create.run(readEnvironmentValues(form))}
      >
        <EnvironmentFields id="new-environment" error={create.error?.fields?.name} />
        <ErrorNotice error={create.error} />
      </FormDialog>
    </>
  );
}
