"use client";

import { EllipsisIcon, LinkIcon, Trash2Icon, UserCogIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Member } from "@/lib/access/members/model";
import { ChangeRole } from "./change-role";
import { RemoveMember } from "./remove-member";
import { RenewLink } from "./renew-link";

export function MemberActions({ member }: { readonly member: Member }) {
  const [open, setOpen] = useState<"role" | "link" | "remove" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={`Actions for ${member.email}`}>
            <EllipsisIcon aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setOpen("role")}>
            <UserCogIcon aria-hidden />
            Change role
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("link")}>
            <LinkIcon aria-hidden />
            New link
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setOpen("remove")} className="text-danger-ink">
            <Trash2Icon aria-hidden />
            Remove
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {open === "role" && <ChangeRole member={member} onClose={close} />}
      {open === "link" && <RenewLink member={member} onClose={close} />}
      {open === "remove" && <RemoveMember member={member} onClose={close} />}
    </>
  );
}
