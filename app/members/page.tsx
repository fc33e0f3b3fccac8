import type { Metadata } from "next";
import { AddMember } from "@/components/members/add-member";
import { MembersTable } from "@/components/members/members-table";
import { NoPermission } from "@/components/shell/no-permission";
import { PageTitle } from "@/components/shell/page-title";
import { hasPermission } from "@/lib/access/members/roles";
import { listMembers } from "@/lib/access/members/store";
import { requireMember } from "@/lib/dashboard/auth/session";
import { database } from "@/lib/infrastructure/db/client";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage() {
  const member = await requireMember();
  const canAdminister = hasPermission(member.role, "administer");
  return (
    <>
      <PageTitle
        title="Members"
        lead="People who can sign in, and their role in every environment."
        action={canAdminister && <AddMember />}
      />
      {canAdminister ? (
        <MembersTable members={await listMembers(database())} ownId={member.id} />
      ) : (
        <NoPermission title="Only admins can see members">
          Your role is {member.role}. Ask an admin to add, change or remove a member.
        </NoPermission>
      )}
    </>
  );
}
