"use client";

import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import type { Member } from "@/lib/access/members/model";
import { renewInvitationAction } from "@/lib/dashboard/server-actions/members";
import { type IssuedLink, SetupLinkDialog } from "./setup-link-dialog";

type Props = { readonly member: Member; readonly onClose: () => void };

export function RenewLink({ member, onClose }: Props) {
  const [issued, setIssued] = useState<IssuedLink | null>(null);
  const renew = useServerAction(renewInvitationAction, ({ link }) =>
    setIssued({ email: member.email, link }),
  );
  if (issued !== null) return <SetupLinkDialog issued={issued} onClose={onClose} />;
  return (
    <FormDialog
      isOpen
      onOpenChange={onClose}
      title={`New link for ${member.email}`}
      description="For a forgotten password or a lost link. Earlier links stop working now. The current password and sessions end when the new link is used."
      submitLabel="Create link"
      isPending={renew.isPending}
      onSubmit={() => renew.run({ id: member.id })}
    >
      <ErrorNotice error={renew.error} />
    </FormDialog>
  );
}
