import { and, desc, eq, gt, sql } from "drizzle-orm";
import { auditEvents } from "@/drizzle/schema/audit";
import type { Queryable, Transaction } from "@/lib/infrastructure/db/client";

/**
 * Selects the failed sign-ins from one client address, or from unknown addresses if `address` is null. With
 * `email`, only those for that e-mail address.
 */
export type FailedSignInFilter = { readonly address: string | null; readonly email: string | null };

/**
 * Returns in how many seconds the last `windowSeconds` will contain at most `allowed` failed sign-ins; null
 * if they already do. Uses the database's clock, so that all processes agree.
 */
export async function secondsUntilAllowed(
  db: Queryable,
  { address, email }: FailedSignInFilter,
  { allowed, windowSeconds }: { readonly allowed: number; readonly windowSeconds: number },
): Promise<number | null> {
  const secondsLeft = sql<number>`(extract(epoch from ${auditEvents.at} - now()) + ${windowSeconds})::float8`;
  const [row] = await db
    .select({ secondsLeft })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.action, "sign_in.failure"),
        gt(auditEvents.at, sql`now() - make_interval(secs => ${windowSeconds})`),
        sql`${auditEvents.address} is not distinct from ${address}`,
        email === null ? undefined : sql`lower(${auditEvents.actorName}) = lower(${email})`,
      ),
    )
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .offset(allowed)
    .limit(1);
  return row?.secondsLeft ?? null;
}

/**
 * Locks the sign-ins from one client address until the transaction ends, so that they are counted one by one.
 */
export async function lockSignInsByAddress(tx: Transaction, address: string | null): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${address ?? ""}`}, 0))`);
}
