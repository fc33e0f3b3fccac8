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

/** Gives a variable another value. It starts empty: the present one is shown only by a reveal. */
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
      description="The new value replaces the present one at the next request."
      submit="Change value"
      isPending={change.isPending}
      onSubmit={(form) => change.run({ environment, id: variable.id, value: readVariableValue(form) })}
    >
      <ValueField id="changed-value" error={change.error?.fields?.value} />
      <ErrorNotice error={change.error} />
    </FormDialog>
  );
}
