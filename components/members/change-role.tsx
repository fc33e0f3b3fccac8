"use client";

import { useRouter } from "next/navigation";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { Field } from "@/components/ui/field";
import type { Member } from "@/lib/access/members/model";
import { changeMemberRoleAction } from "@/lib/dashboard/server-actions/members";
import { RoleSelect, readRoleField } from "./role-select";

type Props = { readonly member: Member; readonly onClose: () => void };

export function ChangeRole({ member, onClose }: Props) {
  const router = useRouter();
  const change = useServerAction(changeMemberRoleAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Change the role of ${member.email}`}
      description="The new role applies from their next request."
      submitLabel="Change role"
      isPending={change.isPending}
      onSubmit={(form) => change.run({ id: member.id, role: readRoleField(form) })}
    >
      <Field id="changed-role" label="Role" error={change.error?.fields?.role}>
        {(input) => <RoleSelect input={input} selected={member.role} />}
      </Field>
      <ErrorNotice error={change.error} />
    </FormDialog>
  );
}
