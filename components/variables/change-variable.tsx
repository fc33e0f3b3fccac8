"use client";

import { useRouter } from "next/navigation";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import { changeVariableAction } from "@/lib/dashboard/server-actions/variables";
import type { VariableSummary } from "@/lib/functions/variables/model";
import { ValueField, variableValueOf } from "./value-field";

type Props = {
  readonly environment: string;
  readonly variable: VariableSummary;
  readonly onClose: () => void;
};

/** Gives a variable another value. It starts empty: the present one is shown only by a reveal. */
export function ChangeVariable({ environment, variable, onClose }: Props) {
  const router = useRouter();
  const change = useAction(changeVariableAction, () => {
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
      onSubmit={(form) => change.run({ environment, id: variable.id, value: variableValueOf(form) })}
    >
      <ValueField id="changed-value" error={change.refusal?.fields?.value} />
      <RefusalNotice refusal={change.refusal} />
    </FormDialog>
  );
}
