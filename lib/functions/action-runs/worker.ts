import type { Logger } from "pino";
import { findFunction } from "@/lib/functions/definitions/store";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import type { Database } from "@/lib/infrastructure/db/client";
import { findConnection } from "@/lib/upstream/connections/store";
import { finalFailure } from "./failure";
import type { ClaimedRun } from "./model";
import { runAction } from "./run";
import { claimRun, failRun, finishRun, postponeRun } from "./run-store";

export type ActionWorkerParts = {
  readonly db: Database;
  readonly functionRunner: () => FunctionRunner | null;
  readonly log: Logger;
};

export type ActionWorker = {
  /** Looks for open runs now. */
  readonly wake: () => void;
  /** Looks for open runs every few seconds too: those of a process that died, and retries that are due. */
  readonly start: () => void;
};

/** Runs at work at once in one process. */
const mostAtOnce = 4;

const lookEveryMs = 5000;

/** How long a taker keeps a run beyond the time that the runner has: to write down what became of it. */
const graceMs = 30_000;

/**
 * Carries out asynchronous runs. Every process has one; the database decides who takes which run, so that each is taken
 * once, and again only when its taker died with it.
 */
export function actionWorker({ db, functionRunner, log }: ActionWorkerParts): ActionWorker {
  let atWork = 0;

  async function drain(): Promise<void> {
    const runner = functionRunner();
    if (runner === null) return;
    for (;;) {
      const run = await claimRun(db, runner.timeoutMs + graceMs);
      if (run === null) return;
      await carryOut(runner, run);
    }
  }

  async function carryOut(runner: FunctionRunner, run: ClaimedRun): Promise<void> {
    const [connection, action] = await Promise.all([
      findConnection(db, run.environmentId, run.connectionId),
      findFunction(db, run.environmentId, run.functionId),
    ]);
    // The row of a removed function went with it.
    if (action === null) return;
    if (connection === null) return failRun(db, run, connectionGone);
    const { input } = run;
    const result = await runAction(db, runner, run.environmentId, { connection, action, input });
    if (result.ok) return finishRun(db, run, result.value);
    if (run.attempts > run.maxRetries) return failRun(db, run, finalFailure(result.error));
    const pauseMs = pauseAfter(run.attempts);
    await postponeRun(db, run, pauseMs);
    setTimeout(wake, pauseMs).unref();
  }

  function wake(): void {
    if (atWork >= mostAtOnce) return;
    atWork += 1;
    drain()
      // The run stays open, and is taken again when its time is over.
      .catch((error: unknown) => log.error({ err: error }, "an asynchronous action was not carried out"))
      .finally(() => {
        atWork -= 1;
      });
  }

  return { wake, start: () => setInterval(wake, lookEveryMs).unref() };
}

const connectionGone = {
  status: 400,
  code: "unknown_connection",
  message: "The connection was deleted before the action could run",
} as const;

/** Milliseconds before the next attempt: half a second, doubled with each. */
function pauseAfter(attempts: number): number {
  return 500 * 2 ** (attempts - 1);
}
