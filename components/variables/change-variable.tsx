"use client";

import { useRouter } from "next/navigation";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { changeVariableAction } from "@/lib/dashboard/server-actions/variables";
import type { VariableSummary } from "@/lib/functions/variables/model";
import { readVariableValue, ValueField } from "./value-field";

type Props = {
  readonly environment: string;
  readonly variable: VariableSummary;
  readonly onClose: () => void;
};

/** Replaces the value of a variable. The input is empty at first: only a reveal shows the current value. */
export function ChangeVariable({ environment, variable, onClose }: Props) {
  const router = useRouter();
  const change = useServerAction(changeVariableAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Change ${variable.name}`}
      description="The new value applies from the next request."
      submitLabel="Change value"
      isPending={change.isPending}
      onSubmit={(form) => change.run({ environment, id: variable.id, value: readVariableValue(form) })}
    >
      <ValueField id="changed-value" error={change.error?.fields?.value} />
      <ErrorNotice error={change.error} />
    </FormDialog>
  );
}
