"use client";

import { useRouter } from "next/navigation";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import type { Member } from "@/lib/access/members/model";
import { removeMemberAction } from "@/lib/dashboard/server-actions/members";

type Props = { readonly member: Member; readonly onClose: () => void };

export function RemoveMember({ member, onClose }: Props) {
  const router = useRouter();
  const remove = useServerAction(removeMemberAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${member.email}?`}
      description="They are signed out at their next request. API keys they created keep working. Activity keeps their entries."
      submitLabel="Remove member"
      tone="danger"
      isPending={remove.isPending}
      onSubmit={() => remove.run({ id: member.id })}
    >
      <ErrorNotice error={remove.error} />
    </FormDialog>
  );
}
