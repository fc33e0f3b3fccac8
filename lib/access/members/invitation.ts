import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { addMember } from "./lifecycle";
import type { Member, MemberError, MemberRole } from "./model";
import { issueSetupLink } from "./setup-link";
import { findMember } from "./store";

/**
 * A member and `link`, the path of a one-time link for choosing a password. Only its token's hash is stored.
 */
export type Invitation = { readonly member: Member; readonly link: string };

/** Adds a member without a password and issues a one-time link. */
export async function inviteMember(
  db: Database,
  actor: Actor,
  input: { readonly email: string; readonly role: MemberRole },
  now: Date,
): Promise<Result<Invitation, MemberError>> {
  return db.transaction(async (tx) => {
    const added = await addMember(tx, actor, { ...input, passwordHash: null });
    if (!added.ok) return added;
    return ok({ member: added.value, link: await issueSetupLink(tx, added.value.id, now) });
  });
}

/**
 * Issues a new one-time link for a member who has lost the link or forgotten the password. An old password
 * stays valid until the link is used.
 */
export async function renewInvitation(
  db: Database,
  actor: Actor,
  id: number,
  now: Date,
): Promise<Result<Invitation, MemberError>> {
  return db.transaction(async (tx) => {
    const member = await findMember(tx, id);
    if (member === null) return fail({ code: "not_found", message: "This person is not a member" });
    await recordAuditEvent(tx, { action: "member.issue_link", actor, subject: { id, name: member.email } });
    return ok({ member, link: await issueSetupLink(tx, id, now) });
  });
}
