"use client";

import { useRouter } from "next/navigation";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import { Field } from "@/components/ui/field";
import type { Member } from "@/lib/access/members/model";
import { changeMemberRoleAction } from "@/lib/dashboard/server-actions/members";
import { RoleSelect, roleOf } from "./role-select";

type Props = { readonly member: Member; readonly onClose: () => void };

export function ChangeRole({ member, onClose }: Props) {
  const router = useRouter();
  const change = useAction(changeMemberRoleAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Change the role of ${member.email}`}
      description="It counts from their next request."
      submit="Change role"
      isPending={change.isPending}
      onSubmit={(form) => change.run({ id: member.id, role: roleOf(form) })}
    >
      <Field id="changed-role" label="Role" error={change.refusal?.fields?.role}>
        {(input) => <RoleSelect input={input} selected={member.role} />}
      </Field>
      <RefusalNotice refusal={change.refusal} />
    </FormDialog>
  );
}
