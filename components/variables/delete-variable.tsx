"use client";

import { useRouter } from "next/navigation";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import { deleteVariableAction } from "@/lib/dashboard/server-actions/variables";
import type { VariableSummary } from "@/lib/functions/variables/model";

type Props = {
  readonly environment: string;
  readonly variable: VariableSummary;
  readonly onClose: () => void;
};

export function DeleteVariable({ environment, variable, onClose }: Props) {
  const router = useRouter();
  const remove = useAction(deleteVariableAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Delete ${variable.name}?`}
      description="Whatever reads it does without it from the next request on. Its value cannot be brought back."
      submit="Delete variable"
      tone="danger"
      isPending={remove.isPending}
      onSubmit={() => remove.run({ environment, id: variable.id })}
    >
      <RefusalNotice refusal={remove.refusal} />
    </FormDialog>
  );
}
