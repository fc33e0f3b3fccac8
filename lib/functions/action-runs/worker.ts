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
  /** Looks for open runs now. */
  readonly poll: () => void;
  /** Looks for open runs every few seconds too: those of a process that died, and retries that are due. */
  readonly start: () => void;
};

/** Runs at work at once in one process. */
const maxConcurrentRuns = 4;

const pollIntervalMs = 5000;

/** How long a taker keeps a run beyond the time that the runner has: to write down what became of it. */
const graceMs = 30_000;

/**
 * Carries out asynchronous runs. Every process has one; the database decides who takes which run, so that each is taken
 * once, and again only when its taker died with it.
 */
export function createActionWorker({ db, functionRunner, log }: ActionWorkerDependencies): ActionWorker {
  let activeRuns = 0;

  async function drain(): Promise<void> {
    const runner = functionRunner();
    if (runner === null) return;
    for (;;) {
      const run = await claimActionRun(db, runner.timeoutMs + graceMs);
      if (run === null) return;
      await executeRun(runner, run);
    }
  }

  async function executeRun(runner: FunctionRunner, run: ClaimedRun): Promise<void> {
    const [connection, action] = await Promise.all([
      findConnection(db, run.environmentId, run.connectionId),
      findFunction(db, run.environmentId, run.functionId),
    ]);
    // The row of a removed function went with it.
    if (action === null) return;
    if (connection === null) return failActionRun(db, run, connectionDeletedError);
    const { input } = run;
    const result = await runAction(db, runner, run.environmentId, { connection, action, input });
    if (result.ok) return completeActionRun(db, run, result.value);
    if (run.attempts > run.maxRetries) return failActionRun(db, run, toFinalActionRunError(result.error));
    const pauseMs = backoffMs(run.attempts);
    await rescheduleActionRun(db, run, pauseMs);
    setTimeout(wake, pauseMs).unref();
  }

  function wake(): void {
    if (activeRuns >= maxConcurrentRuns) return;
    activeRuns += 1;
    drain()
      // The run stays open, and is taken again when its time is over.
      .catch((error: unknown) => log.error({ err: error }, "an asynchronous action was not carried out"))
      .finally(() => {
        activeRuns -= 1;
      });
  }

  return { poll: wake, start: () => setInterval(wake, pollIntervalMs).unref() };
}

const connectionDeletedError = {
  status: 400,
  code: "unknown_connection",
  message: "The connection was deleted before the action could run",
} as const;

/** Milliseconds before the next attempt: half a second, doubled with each. */
function backoffMs(attempts: number): number {
  return 500 * 2 ** (attempts - 1);
}
