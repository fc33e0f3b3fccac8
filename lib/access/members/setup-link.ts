import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "@/lib/access/audit/model";
import type { Database, Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { addMember, setMemberPassword } from "./lifecycle";
import type { Member, MemberError } from "./model";
import { hashPassword } from "./password";
import {
  consumeSetupLink,
  deleteFirstAdminLinks,
  findMember,
  findSetupLink,
  hasActiveAdmin,
  replaceSetupLink,
} from "./store";

const linkLifetimeHours = 24;

const invalidLinkError = fail({
  code: "link_invalid",
  message: "This link has expired or was already used. Ask for a new one.",
} as const);

const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/**
 * Issues a one-time link, valid for 24 hours, and returns its path: `/setup?token=...`. Earlier links of the
 * same member become invalid. `memberId` is null for the first admin's link. Only the token's hash is stored.
 */
export async function issueSetupLink(db: Queryable, memberId: number | null, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + linkLifetimeHours * 3_600_000);
  await replaceSetupLink(db, { memberId, tokenHash: hashToken(token), expiresAt });
  return `/setup?token=${token}`;
}

/**
 * Checks a link without consuming it. `email` is the member's. It is null for the first admin's link: the
 * first admin also chooses the e-mail address.
 */
export async function readSetupLink(
  db: Database,
  token: string,
  now: Date,
): Promise<Result<{ readonly email: string | null }, MemberError>> {
  const link = await findSetupLink(db, hashToken(token), now);
  if (link === null) return invalidLinkError;
  if (link.memberId === null) return (await hasActiveAdmin(db)) ? invalidLinkError : ok({ email: null });
  const member = await findMember(db, link.memberId);
  return member === null ? invalidLinkError : ok({ email: member.email });
}

/**
 * Consumes a link. The first admin's link adds an admin with `email` and `password`. Any other link sets the
 * member's password and ignores `email`.
 */
export async function redeemSetupLink(
  db: Database,
  origin: Pick<Actor, "address" | "userAgent">,
  input: { readonly token: string; readonly email: string | null; readonly password: string },
  now: Date,
): Promise<Result<Member, MemberError>> {
  // Hashing a password is expensive by design, so invalid tokens are rejected first.
  const checked = await readSetupLink(db, input.token, now);
  if (!checked.ok) return checked;
  const passwordHash = await hashPassword(input.password);
  return db.transaction(async (tx) => {
    const link = await consumeSetupLink(tx, hashToken(input.token), now);
    if (link === null) return invalidLinkError;
    if (link.memberId !== null) {
      const member = await findMember(tx, link.memberId);
      if (member === null) return invalidLinkError;
      return setMemberPassword(
        tx,
        { kind: "member", name: member.email, ...origin },
        member.id,
        passwordHash,
      );
    }
    if (input.email === null || (await hasActiveAdmin(tx))) return invalidLinkError;
    const actor: Actor = { kind: "member", name: input.email, ...origin };
    const added = await addMember(tx, actor, { email: input.email, role: "admin", passwordHash });
    if (added.ok) await deleteFirstAdminLinks(tx);
    return added;
  });
}
