import { and, asc, eq, isNull, lte, or, sql } from "drizzle-orm";
import { actionRuns } from "@/drizzle/schema/action-runs";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { ActionRunError, ActionRunState, ClaimedRun } from "./model";

export type NewActionRun = {
  readonly connectionRowId: number;
  readonly functionId: number;
  readonly input: unknown;
  readonly maxRetries: number;
};

/** Inserts a run with status `waiting`. Returns its id. */
export async function insertActionRun(
  db: Queryable,
  environmentId: number,
  run: NewActionRun,
): Promise<string> {
  const [row] = await db
    .insert(actionRuns)
    .values({ ...run, environmentId, status: "waiting" })
    .returning({ id: actionRuns.id });
  if (row === undefined) throw new Error("The insert returned no row");
  return row.id;
}

/** Finds the state of a run; null when the environment has no such run. */
export async function findActionRun(
  db: Queryable,
  environmentId: number,
  id: string,
): Promise<ActionRunState | null> {
  const [row] = await db
    .select({ status: actionRuns.status, output: actionRuns.output, failure: actionRuns.failure })
    .from(actionRuns)
    .where(and(eq(actionRuns.environmentId, environmentId), eq(actionRuns.id, id)));
  if (row === undefined) return null;
  if (row.status === "succeeded") return { status: row.status, output: row.output };
  if (row.status !== "failed") return { status: row.status };
  if (row.failure === null) throw new Error(`The failed run ${id} has no error`);
  return { status: row.status, failure: row.failure };
}

const fromNow = (ms: number) => sql`now() + ${ms} * interval '1 millisecond'`;

/**
 * Claims the oldest unfinished run, of any environment, that no process holds. Holds it for `holdMs`
 * milliseconds, which must be enough to run it. After that time, for example after a crash, the run can be
 * claimed again. Null when there is none.
 */
export async function claimActionRun(db: Queryable, holdMs: number): Promise<ClaimedRun | null> {
  const next = db
    .select({ id: actionRuns.id })
    .from(actionRuns)
    .where(
      and(
        isNull(actionRuns.finishedAt),
        or(isNull(actionRuns.heldUntil), lte(actionRuns.heldUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(actionRuns.createdAt))
    .limit(1)
    .for("update", { skipLocked: true });
  const [row] = await db
    .update(actionRuns)
    .set({
      status: "running",
      attempts: sql`${actionRuns.attempts} + 1`,
      heldUntil: fromNow(holdMs),
    })
    .where(sql`${actionRuns.id} = (${next})`)
    .returning({
      id: actionRuns.id,
      environmentId: actionRuns.environmentId,
      connectionRowId: actionRuns.connectionRowId,
      functionId: actionRuns.functionId,
      input: actionRuns.input,
      attempts: actionRuns.attempts,
      maxRetries: actionRuns.maxRetries,
    });
  return row ?? null;
}

/** Builds the SQL condition that this claim has not been lost. Another claim would have raised `attempts`. */
const isClaimedBy = ({ id, environmentId, attempts }: ClaimedRun) =>
  and(
    eq(actionRuns.environmentId, environmentId),
    eq(actionRuns.id, id),
    eq(actionRuns.attempts, attempts),
    eq(actionRuns.status, "running"),
  );

/** Stores the output of a run. Does nothing when the claim has been lost. */
export async function completeActionRun(db: Queryable, run: ClaimedRun, output: unknown): Promise<void> {
  await db
    .update(actionRuns)
    .set({ status: "succeeded", output, heldUntil: null, finishedAt: sql`now()` })
    .where(isClaimedBy(run));
}

/** Stores the error of a run. Does nothing when the claim has been lost. */
export async function failActionRun(db: Queryable, run: ClaimedRun, failure: ActionRunError): Promise<void> {
  await db
    .update(actionRuns)
    .set({ status: "failed", failure, heldUntil: null, finishedAt: sql`now()` })
    .where(isClaimedBy(run));
}

/**
 * Releases a run so that it can be claimed again after `delayMs` milliseconds. Does nothing when the claim
 * has been lost.
 */
export async function rescheduleActionRun(db: Queryable, run: ClaimedRun, delayMs: number): Promise<void> {
  await db
    .update(actionRuns)
    .set({ status: "waiting", heldUntil: fromNow(delayMs) })
    .where(isClaimedBy(run));
}
