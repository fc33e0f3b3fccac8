"use client";

import { useRouter } from "next/navigation";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import type { Member } from "@/lib/access/members/model";
import { removeMemberAction } from "@/lib/dashboard/server-actions/members";

type Props = { readonly member: Member; readonly onClose: () => void };

export function RemoveMember({ member, onClose }: Props) {
  const router = useRouter();
  const remove = useAction(removeMemberAction, () => {
    onClose();
    router.refresh();
  });
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${member.email}?`}
      description="They are signed out at their next request. API keys they created go on working, and what they did stays in Activity."
      submit="Remove member"
      tone="danger"
      isPending={remove.isPending}
      onSubmit={() => remove.run({ id: member.id })}
    >
      <RefusalNotice refusal={remove.refusal} />
    </FormDialog>
  );
}
