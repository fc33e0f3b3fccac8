import type { Logger } from "pino";
import { findFunction } from "@/lib/functions/definitions/store";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { type Database, isRejectedAsReadOnly } from "@/lib/infrastructure/db/client";
import { findConnection } from "@/lib/upstream/connections/store";
import { toFinalActionRunError } from "./action-run-error";
import type { ClaimedRun } from "./model";
import { runAction } from "./run-action";
import { claimActionRun, completeActionRun, failActionRun, rescheduleActionRun } from "./run-store";

export type ActionWorkerDependencies = {
  readonly db: Database;
  /** Returns null when no runner is configured. */
  readonly getFunctionRunner: () => FunctionRunner | null;
  readonly log: Logger;
};

export type ActionWorker = {
  /** Starts to claim and execute unfinished runs, unless four are being executed already. */
  readonly poll: () => void;
  /** Polls every five seconds from now on, to find due retries and the runs of a crashed process. */
  readonly start: () => void;
};

/** Largest number of runs that one process executes at the same time. */
const maxConcurrentRuns = 4;

const pollIntervalMs = 5000;

/** How long a run is held after the runner's timeout, so that its outcome can be stored. */
const holdMarginMs = 30_000;

/**
 * Creates the worker that executes asynchronous action runs. Every process has one. It claims runs in the
 * database, so that only one process executes an attempt. A run is claimed again only for a retry, after a
 * crash or after an unexpected error.
 */
export function createActionWorker({ db, getFunctionRunner, log }: ActionWorkerDependencies): ActionWorker {
  let activeRuns = 0;

  async function executeClaimableRuns(): Promise<void> {
    const runner = getFunctionRunner();
    if (runner === null) return;
    for (;;) {
      const run = await claimActionRun(db, runner.timeoutMs + holdMarginMs);
      if (run === null) return;
      await executeRun(runner, run);
    }
  }

  async function executeRun(runner: FunctionRunner, run: ClaimedRun): Promise<void> {
    const [connection, action] = await Promise.all([
      findConnection(db, run.environmentId, run.connectionRowId),
      findFunction(db, run.environmentId, run.functionId),
    ]);
    // The function was deleted, and its runs with it.
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
    executeClaimableRuns()
      // The run stays unfinished. It is claimed again after its hold time.
      .catch((error: unknown) => {
        isRejectedAsReadOnly(error);
        log.error({ err: error }, "asynchronous action run failed, will retry");
      })
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

/** Returns the milliseconds to wait after an attempt: 500 after the first, doubled with each further one. */
function backoffMs(attempts: number): number {
  return 500 * 2 ** (attempts - 1);
}
