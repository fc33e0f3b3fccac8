import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Database, Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { emailSchema, type MemberError } from "./model";
import { verifyPassword } from "./password";
import { redeemSetupLink } from "./setup-link";
import { lockSignInsByAddress, secondsUntilAllowed } from "./sign-in-store";
import { findMemberByEmail } from "./store";

const windowSeconds = 15 * 60;
const maxFailuresPerEmailAndAddress = 10;
const maxFailuresPerAddress = 50;

export type SignInError =
  | { readonly code: "wrong" }
  | { readonly code: "throttled"; readonly minutes: number };

export type SignedInMember = { readonly memberId: number; readonly sessionEpoch: number };

type Attempt = { readonly address: string | null; readonly email: string | null };

/**
 * Compares e-mail and password. The same answer, in the same time, for a wrong password and for nobody of that
 * e-mail. Too many failures refuse the right password too. A failure is counted under a lock after the comparison, so
 * that many attempts at once learn no more than as many one by one.
 */
export async function signIn(
  db: Database,
  origin: Pick<Actor, "address" | "userAgent">,
  given: { readonly email: string; readonly password: string },
): Promise<Result<SignedInMember, SignInError>> {
  const parsed = emailSchema.safeParse(given.email);
  // What is no e-mail may be a password typed into the wrong field: it is not written down.
  const email = parsed.success ? parsed.data : null;
  const attempt: Attempt = { address: origin.address, email };
  const early = await checkThrottle(db, attempt);
  if (early !== null) return early;
  const member = email === null ? null : await findMemberByEmail(db, email);
  const matches = await verifyPassword(member?.passwordHash ?? null, given.password.slice(0, 1000));
  return db.transaction(async (tx) => {
    await lockSignInsByAddress(tx, origin.address);
    const late = await checkThrottle(tx, attempt);
    if (late !== null) return late;
    if (member === null || !matches) {
      const actor: Actor = { kind: "anonymous", name: email ?? "not an e-mail address", ...origin };
      await recordAuditEvent(tx, { action: "sign_in.failure", actor });
      return fail({ code: "wrong" });
    }
    await recordAuditEvent(tx, {
      action: "sign_in.success",
      actor: { kind: "member", name: member.email, ...origin },
      subject: { id: member.id, name: member.email },
    });
    return ok({ memberId: member.id, sessionEpoch: member.sessionEpoch });
  });
}

/** Uses a one-time link up and signs its person in with the password they chose. */
export async function signInBySetupLink(
  db: Database,
  origin: Pick<Actor, "address" | "userAgent">,
  given: { readonly token: string; readonly email: string | null; readonly password: string },
  now: Date,
): Promise<Result<SignedInMember, MemberError>> {
  const redeemed = await redeemSetupLink(db, origin, given, now);
  if (!redeemed.ok) return redeemed;
  const { id, email } = redeemed.value;
  const member = await findMemberByEmail(db, email);
  if (member === null) throw new Error("A member went away while choosing a password");
  await recordAuditEvent(db, {
    action: "sign_in.success",
    actor: { kind: "member", name: email, ...origin },
    subject: { id, name: email },
  });
  return ok({ memberId: member.id, sessionEpoch: member.sessionEpoch });
}

async function checkThrottle(
  db: Queryable,
  { address, email }: Attempt,
): Promise<Result<never, SignInError> | null> {
  const perAddress = await secondsUntilAllowed(
    db,
    { address, email: null },
    { allowed: maxFailuresPerAddress, windowSeconds },
  );
  const perEmail =
    email === null
      ? null
      : await secondsUntilAllowed(
          db,
          { address, email },
          { allowed: maxFailuresPerEmailAndAddress, windowSeconds },
        );
  const seconds = Math.max(perAddress ?? 0, perEmail ?? 0);
  if (seconds <= 0) return null;
  return fail({ code: "throttled", minutes: Math.ceil(seconds / 60) });
}
