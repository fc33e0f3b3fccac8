import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Database, Queryable, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Member, MemberError, MemberRole } from "./model";
import {
  deleteMember,
  findMember,
  hasActiveAdmin,
  insertMember,
  lockMembers,
  updateMemberPassword,
  updateMemberRole,
} from "./store";

const notFoundError = fail({ code: "not_found", message: "This person is not a member" } as const);
const duplicateEmailError = fail({
  code: "duplicate_email",
  message: "This person is already a member",
  fields: { email: "This person is already a member" },
} as const);
const lastAdminError = fail({
  code: "last_admin",
  message: "No other admin can sign in. Make another member an admin first.",
} as const);

/**
 * Adds a member. If `passwordHash` is null, the member needs a one-time link (`setup-link.ts`) to sign in.
 */
export async function addMember(
  db: Queryable,
  actor: Actor,
  input: { readonly email: string; readonly role: MemberRole; readonly passwordHash: string | null },
): Promise<Result<Member, MemberError>> {
  return db.transaction(async (tx) => {
    const member = await insertMember(tx, input);
    if (member === null) return duplicateEmailError;
    await recordAuditEvent(tx, {
      action: "member.add",
      actor,
      subject: { id: member.id, name: member.email },
      detail: { after: member.role },
    });
    return ok(member);
  });
}

/** Changes a member's role, from the member's next request on, because sessions do not contain the role. */
export async function changeMemberRole(
  db: Database,
  actor: Actor,
  { id, role }: { readonly id: number; readonly role: MemberRole },
): Promise<Result<Member, MemberError>> {
  return db.transaction(async (tx) => {
    const before = await lockMember(tx, id);
    if (before === null) return notFoundError;
    if (before.role === role) return ok(before);
    if (before.role === "admin" && !(await hasActiveAdmin(tx, { except: id }))) return lastAdminError;
    const after = await updateMemberRole(tx, id, role);
    if (after === null) return notFoundError;
    await recordAuditEvent(tx, {
      action: "member.change_role",
      actor,
      subject: { id, name: after.email },
      detail: { before: before.role, after: role },
    });
    return ok(after);
  });
}

/** Removes a member, whose sessions are invalid from the next request on. */
export async function removeMember(
  db: Database,
  actor: Actor,
  id: number,
): Promise<Result<Member, MemberError>> {
  return db.transaction(async (tx) => {
    const before = await lockMember(tx, id);
    if (before === null) return notFoundError;
    if (before.role === "admin" && !(await hasActiveAdmin(tx, { except: id }))) return lastAdminError;
    await deleteMember(tx, id);
    await recordAuditEvent(tx, {
      action: "member.remove",
      actor,
      subject: { id, name: before.email },
      detail: { before: before.role },
    });
    return ok(before);
  });
}

/** Sets a member's password and invalidates all earlier sessions. */
export async function setMemberPassword(
  tx: Queryable,
  actor: Actor,
  id: number,
  passwordHash: string,
): Promise<Result<Member, MemberError>> {
  const member = await updateMemberPassword(tx, id, passwordHash);
  if (member === null) return notFoundError;
  await recordAuditEvent(tx, {
    action: "member.set_password",
    actor,
    subject: { id, name: member.email },
  });
  return ok(member);
}

async function lockMember(tx: Transaction, id: number): Promise<Member | null> {
  await lockMembers(tx);
  return findMember(tx, id);
}
