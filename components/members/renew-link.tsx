"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import type { Member } from "@/lib/access/members/model";
import { renewInvitationAction } from "@/lib/dashboard/server-actions/members";
import { type IssuedLink, SetupLinkDialog } from "./setup-link-dialog";

type Props = { readonly member: Member; readonly onClose: () => void };

export function RenewLink({ member, onClose }: Props) {
  const [issued, setIssued] = useState<IssuedLink | null>(null);
  const renew = useAction(renewInvitationAction, ({ link }) => setIssued({ email: member.email, link }));
  if (issued !== null) return <SetupLinkDialog issued={issued} onClose={onClose} />;
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`New link for ${member.email}`}
      description="For a forgotten password or a lost link. Earlier links end now; the present password and its sessions end when the new link is used."
      submit="Make a new link"
      isPending={renew.isPending}
      onSubmit={() => renew.run({ id: member.id })}
    >
      <RefusalNotice refusal={renew.refusal} />
    </FormDialog>
  );
}
