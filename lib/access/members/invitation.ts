import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { addMember } from "./lifecycle";
import type { Member, MemberError, MemberRole } from "./model";
import { issueSetupLink } from "./setup-link";
import { findMember } from "./store";

/** `link` is the path of a one-time link by which the person chooses a password; it can be read only here. */
export type Invitation = { readonly member: Member; readonly link: string };

/** Adds a person and makes their first link. */
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

/** A new link for a person who lost theirs or forgot the password, which stays good until the link is used. */
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
