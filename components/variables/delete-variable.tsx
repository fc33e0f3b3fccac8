"use client";

import { useRouter } from "next/navigation";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { deleteVariableAction } from "@/lib/dashboard/server-actions/variables";
import type { VariableSummary } from "@/lib/functions/variables/model";

type Props = {
  readonly environment: string;
  readonly variable: VariableSummary;
  readonly onClose: () => void;
};

export function DeleteVariable({ environment, variable, onClose }: Props) {
  const router = useRouter();
  const remove = useServerAction(deleteVariableAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Delete ${variable.name}?`}
      description="Apps no longer get it from the next request. Its value cannot be restored."
      submitLabel="Delete variable"
      tone="danger"
      isPending={remove.isPending}
      onSubmit={() => remove.run({ environment, id: variable.id })}
    >
      <ErrorNotice error={remove.error} />
    </FormDialog>
  );
}
