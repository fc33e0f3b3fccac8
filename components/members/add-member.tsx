"use client";

import { PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorNotice } from "@/components/shell/error-notice";
import { FormDialog } from "@/components/shell/form-dialog";
import { useServerAction } from "@/components/shell/use-server-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { inviteMemberAction } from "@/lib/dashboard/server-actions/members";
import { RoleSelect, readRoleField } from "./role-select";
import { type IssuedLink, SetupLinkDialog } from "./setup-link-dialog";

export function AddMember() {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [issued, setIssued] = useState<IssuedLink | null>(null);
  const add = useServerAction(inviteMemberAction, ({ member, link }) => {
    setIsOpen(false);
    setIssued({ email: member.email, link });
    router.refresh();
  });
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <PlusIcon aria-hidden />
        Add member
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={(open) => {
          add.clear();
          setIsOpen(open);
        }}
        title="Add member"
        description="You get a one-time link to send to them. With it they choose a password."
        submitLabel="Add member"
        isPending={add.isPending}
        onSubmit={(form) => add.run({ email: String(form.get("email") ?? ""), role: readRoleField(form) })}
      >
        <Field id="member-email" label="Email" error={add.error?.fields?.email}>
          {(input) => (
            <Input
              {...input}
              name="email"
              inputMode="email"
              autoComplete="off"
              placeholder="ada@example.com"
              spellCheck={false}
            />
          )}
        </Field>
        <Field id="member-role" label="Role" error={add.error?.fields?.role}>
          {(input) => <RoleSelect input={input} selected="developer" />}
        </Field>
        <ErrorNotice error={add.error} />
      </FormDialog>
      <SetupLinkDialog issued={issued} onClose={() => setIssued(null)} />
    </>
  );
}
