import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Database, Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { emailSchema, type MemberError } from "./model";
import { verifyPassword } from "./password";
import { redeemSetupLink } from "./setup-link";
import { lockSignInsByAddress, secondsUntilAllowed } from "./sign-in-store";
import { findMemberByEmail } from "./store";

/** Seconds for which a failed sign-in counts. */
const windowSeconds = 15 * 60;

const maxFailuresPerEmailAndAddress = 10;
const maxFailuresPerAddress = 50;

export type SignInError =
  | { readonly code: "invalid_credentials" }
  | { readonly code: "throttled"; readonly minutes: number };

export type SignedInMember = { readonly memberId: number; readonly sessionEpoch: number };

type Attempt = { readonly address: string | null; readonly email: string | null };

/**
 * Signs a member in by e-mail address and password. A wrong password and an unknown e-mail address give the
 * same error after the same time. After more than 10 failures for an e-mail address from one client address,
 * or more than 50 from one client address, in 15 minutes, the right password is rejected too. Failures are
 * counted again under a lock once the password has been compared, so that concurrent attempts get no more
 * guesses than sequential ones.
 */
export async function signIn(
  db: Database,
  origin: Pick<Actor, "address" | "userAgent">,
  input: { readonly email: string; readonly password: string },
): Promise<Result<SignedInMember, SignInError>> {
  const parsed = emailSchema.safeParse(input.email);
  // Text that is not an e-mail address may be a password in the wrong field, so it is not stored.
  const email = parsed.success ? parsed.data : null;
  const attempt: Attempt = { address: origin.address, email };
  const throttledBefore = await checkThrottle(db, attempt);
  if (throttledBefore !== null) return throttledBefore;
  const member = email === null ? null : await findMemberByEmail(db, email);
  // The cut limits the cost of hashing. No password is that long (`passwordSchema`).
  const matches = await verifyPassword(member?.passwordHash ?? null, input.password.slice(0, 1000));
  return db.transaction(async (tx) => {
    await lockSignInsByAddress(tx, origin.address);
    const throttledNow = await checkThrottle(tx, attempt);
    if (throttledNow !== null) return throttledNow;
    if (member === null || !matches) {
      const actor: Actor = { kind: "anonymous", name: email ?? "not an e-mail address", ...origin };
      await recordAuditEvent(tx, { action: "sign_in.failure", actor });
      return fail({ code: "invalid_credentials" });
    }
    await recordAuditEvent(tx, {
      action: "sign_in.success",
      actor: { kind: "member", name: member.email, ...origin },
      subject: { id: member.id, name: member.email },
    });
    return ok({ memberId: member.id, sessionEpoch: member.sessionEpoch });
  });
}

/** Consumes a one-time link and signs its member in with the new password. */
export async function signInBySetupLink(
  db: Database,
  origin: Pick<Actor, "address" | "userAgent">,
  input: { readonly token: string; readonly email: string | null; readonly password: string },
  now: Date,
): Promise<Result<SignedInMember, MemberError>> {
  const redeemed = await redeemSetupLink(db, origin, input, now);
  if (!redeemed.ok) return redeemed;
  const { id, email } = redeemed.value;
  const member = await findMemberByEmail(db, email);
  if (member === null) throw new Error("The member was removed while choosing a password");
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
