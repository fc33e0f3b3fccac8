import { ExactTime } from "@/components/shell/exact-time";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Table, TableCard, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { MemberSummary } from "@/lib/access/members/model";
import { MemberActions } from "./member-actions";

type Props = { readonly members: readonly MemberSummary[]; readonly ownId: number };

export function MembersTable({ members, ownId }: Props) {
  return (
    <TableCard>
      <Table aria-label="Members">
        <thead>
          <tr>
            <TableHead>Email</TableHead>
            <TableHead className="hidden sm:table-cell">Role</TableHead>
            <TableHead className="hidden md:table-cell">Added</TableHead>
            <TableHead className="w-12">
              <span className="sr-only">Actions</span>
            </TableHead>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <TableRow key={member.id}>
              <TableCell className="max-w-0 sm:w-1/2">
                <div className="flex items-center gap-3">
                  <Avatar name={member.email} className="hidden size-8 text-xs sm:grid" />
                  <div className="grid min-w-0 gap-0.5">
                    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                      <span className="min-w-0 break-all font-medium">{member.email}</span>
                      {member.id === ownId && <Badge>You</Badge>}
                      {!member.hasPassword && <Badge tone="warn">No password yet</Badge>}
                    </div>
                    <span className="text-ink-2 text-sm capitalize sm:hidden">{member.role}</span>
                  </div>
                </div>
              </TableCell>
              <TableCell className="hidden capitalize sm:table-cell">{member.role}</TableCell>
              <TableCell className="hidden text-ink-2 md:table-cell">
                <ExactTime at={member.createdAt} style="day" />
              </TableCell>
              <TableCell className="pl-0 text-right">
                <MemberActions member={member} />
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </TableCard>
  );
}
