import { and, asc, eq, gt, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { members, setupLinks } from "@/drizzle/schema/members";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { Member, MemberRole, MemberSummary } from "./model";

const columns = { id: members.id, email: members.email, role: members.role };

/** A member with the data that sign-in compares. */
export type MemberCredentials = Member & {
  readonly passwordHash: string | null;
  readonly sessionEpoch: number;
};

const credentialColumns = {
  ...columns,
  passwordHash: members.passwordHash,
  sessionEpoch: members.sessionEpoch,
};

export async function listMembers(db: Queryable): Promise<MemberSummary[]> {
  const rows = await db
    .select({
      ...columns,
      hasPassword: sql<boolean>`${members.passwordHash} is not null`,
      createdAt: members.createdAt,
    })
    .from(members)
    .orderBy(asc(members.id));
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

export async function findMemberByEmail(db: Queryable, email: string): Promise<MemberCredentials | null> {
  const [row] = await db
    .select(credentialColumns)
    .from(members)
    .where(sql`lower(${members.email}) = lower(${email})`);
  return row ?? null;
}

/** Finds the member of a session. Null when the member was removed or the session's epoch is outdated. */
export async function findSessionMember(
  db: Queryable,
  id: number,
  sessionEpoch: number,
): Promise<Member | null> {
  const [row] = await db
    .select(columns)
    .from(members)
    .where(and(eq(members.id, id), eq(members.sessionEpoch, sessionEpoch)));
  return row ?? null;
}

/**
 * Locks the table until the transaction ends. Changes that must leave an admin take this lock, so that they
 * run one after the other.
 */
export async function lockMembers(tx: Queryable): Promise<void> {
  await tx.execute(sql`lock table ${members} in share row exclusive mode`);
}

/** True if an admin other than `except` can sign in, which means that the admin has a password. */
export async function hasActiveAdmin(
  db: Queryable,
  { except }: { readonly except?: number } = {},
): Promise<boolean> {
  const [row] = await db
    .select({ id: members.id })
    .from(members)
    .where(
      and(
        eq(members.role, "admin"),
        isNotNull(members.passwordHash),
        except === undefined ? undefined : ne(members.id, except),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export async function findMember(db: Queryable, id: number): Promise<Member | null> {
  const [row] = await db.select(columns).from(members).where(eq(members.id, id));
  return row ?? null;
}

/** Returns null when a member has this e-mail address in any letter case. */
export async function insertMember(
  db: Queryable,
  values: { readonly email: string; readonly role: MemberRole; readonly passwordHash: string | null },
): Promise<Member | null> {
  const [row] = await db.insert(members).values(values).onConflictDoNothing().returning(columns);
  return row ?? null;
}

export async function updateMemberRole(db: Queryable, id: number, role: MemberRole): Promise<Member | null> {
  const [row] = await db.update(members).set({ role }).where(eq(members.id, id)).returning(columns);
  return row ?? null;
}

/** Sets the password and invalidates all earlier sessions. */
export async function updateMemberPassword(
  db: Queryable,
  id: number,
  passwordHash: string,
): Promise<Member | null> {
  const [row] = await db
    .update(members)
    .set({ passwordHash, sessionEpoch: sql`${members.sessionEpoch} + 1` })
    .where(eq(members.id, id))
    .returning(columns);
  return row ?? null;
}

export async function deleteMember(db: Queryable, id: number): Promise<Member | null> {
  const [row] = await db.delete(members).where(eq(members.id, id)).returning(columns);
  return row ?? null;
}

/**
 * Replaces the earlier links of a member, so that one link is valid at a time. `memberId` is null for the
 * first admin.
 */
export async function replaceSetupLink(
  db: Queryable,
  link: { readonly memberId: number | null; readonly tokenHash: Buffer; readonly expiresAt: Date },
): Promise<void> {
  const sameMember =
    link.memberId === null ? isNull(setupLinks.memberId) : eq(setupLinks.memberId, link.memberId);
  await db.delete(setupLinks).where(sameMember);
  await db.insert(setupLinks).values(link);
}

export async function findSetupLink(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
): Promise<{ readonly memberId: number | null } | null> {
  const [row] = await db
    .select({ memberId: setupLinks.memberId })
    .from(setupLinks)
    .where(and(eq(setupLinks.tokenHash, tokenHash), gt(setupLinks.expiresAt, now)));
  return row ?? null;
}

/**
 * Consumes a link. Null when it is unknown, used or expired. Of two concurrent calls only one gets the link.
 */
export async function consumeSetupLink(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
): Promise<{ readonly memberId: number | null } | null> {
  const [row] = await db
    .delete(setupLinks)
    .where(and(eq(setupLinks.tokenHash, tokenHash), gt(setupLinks.expiresAt, now)))
    .returning({ memberId: setupLinks.memberId });
  return row ?? null;
}

/** Deletes the first admin's links: they must be invalid once an admin can sign in. */
export async function deleteFirstAdminLinks(db: Queryable): Promise<void> {
  await db.delete(setupLinks).where(isNull(setupLinks.memberId));
}
