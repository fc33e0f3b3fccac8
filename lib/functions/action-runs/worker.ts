import type { Logger } from "pino";
import { findFunction } from "@/lib/functions/definitions/store";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import type { Database } from "@/lib/infrastructure/db/client";
import { findConnection } from "@/lib/upstream/connections/store";
import { toFinalActionRunError } from "./action-run-error";
import type { ClaimedRun } from "./model";
import { runAction } from "./run-action";
import { claimActionRun, completeActionRun, failActionRun, rescheduleActionRun } from "./run-store";

export type ActionWorkerDependencies = {
  readonly db: Database;
  readonly functionRunner: () => FunctionRunner | null;
  readonly log: Logger;
};

export type ActionWorker = {
  /** Claims and executes unfinished runs now. */
  readonly poll: () => void;
  /** Starts polling every five seconds too, for the runs of a crashed process and for due retries. */
  readonly start: () => void;
};

/** Largest number of runs that one process executes at the same time. */
const maxConcurrentRuns = 4;

const pollIntervalMs = 5000;

/** Time that a run is held beyond the runner's timeout, to store its outcome. */
const holdMarginMs = 30_000;

/**
 * Creates the worker that executes asynchronous action runs. Every process has one. Runs are claimed in the
 * database, so that each attempt is executed by one process; a run is claimed again only for a retry or after
 * a crash.
 */
export function createActionWorker({ db, functionRunner, log }: ActionWorkerDependencies): ActionWorker {
  let activeRuns = 0;

  async function drain(): Promise<void> {
    const runner = functionRunner();
    if (runner === null) return;
    for (;;) {
      const run = await claimActionRun(db, runner.timeoutMs + holdMarginMs);
      if (run === null) return;
      await executeRun(runner, run);
    }
  }

  async function executeRun(runner: FunctionRunner, run: ClaimedRun): Promise<void> {
    const [connection, action] = await Promise.all([
      findConnection(db, run.environmentId, run.connectionId),
      findFunction(db, run.environmentId, run.functionId),
    ]);
    // Deleting a function deletes its runs too.
    if (action === null) return;
    if (connection === null) return failActionRun(db, run, connectionDeletedError);
    const { input } = run;
    const result = await runAction(db, runner, run.environmentId, { connection, action, input });
    if (result.ok) return completeActionRun(db, run, result.value);
    if (run.attempts > run.maxRetries) return failActionRun(db, run, toFinalActionRunError(result.error));
    const delayMs = backoffMs(run.attempts);
    await rescheduleActionRun(db, run, delayMs);
    setTimeout(poll, delayMs).unref();
  }

  function poll(): void {
    if (activeRuns >= maxConcurrentRuns) return;
    activeRuns += 1;
    drain()
      // The run stays unfinished and is claimed again when its hold time is over.
      .catch((error: unknown) => log.error({ err: error }, "asynchronous action run failed, will retry"))
      .finally(() => {
        activeRuns -= 1;
      });
  }

  return { poll, start: () => setInterval(poll, pollIntervalMs).unref() };
}

const connectionDeletedError = {
  status: 400,
  code: "unknown_connection",
  message: "The connection was deleted before the action could run",
} as const;

/** Returns the milliseconds before the next attempt: 500, doubled with each attempt. */
function backoffMs(attempts: number): number {
  return 500 * 2 ** (attempts - 1);
}
