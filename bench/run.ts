import { watchStopSignals } from "@/lib/server/process-lifecycle/stop-signals";
import type { Measure } from "./measure";
import { areAllTargetsMet, formatTable, type MeasureResult, writeReport } from "./report";
import { createCleanupStack, createWorkspaces } from "./workspace";

/**
 * Runs measures one after the other and prints their findings. Returns true if no measure failed and every
 * target is met. Stops everything that was started, also when the run is interrupted.
 */
export async function runBench(measures: readonly Measure[]): Promise<boolean> {
  const runCleanups = createCleanupStack();
  let currentCleanups = createCleanupStack();
  let isFinished = false;
  const results: MeasureResult[] = [];
  const workspaces = createWorkspaces(runCleanups);

  async function runAll(): Promise<void> {
    for (const measure of measures) {
      if (isFinished) return;
      process.stderr.write(`${measure.name} ...\n`);
      const cleanups = createCleanupStack();
      currentCleanups = cleanups;
      const result = await runOne(measure, () => measure.run(workspaces.create(cleanups)));
      // A failure after the interruption is caused by it and is not reported.
      if (!isFinished) results.push(result);
      await cleanups.run();
    }
  }

  const isComplete = await Promise.race([
    runAll().then(() => true),
    watchStopSignals().requested.then(() => false),
    // Handled here, so that everything that a faulty measure has started is still stopped.
    unhandledError().then((reason) => {
      process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`);
      return false;
    }),
  ]);
  isFinished = true;
  if (!isComplete) process.stderr.write("Stopping ...\n");
  await currentCleanups.run();
  await runCleanups.run();
  process.stdout.write(`\n${formatTable(results)}\n`);
  process.stdout.write(`Written to ${writeReport(results, new Date())}\n`);
  return isComplete && areAllTargetsMet(results);
}

async function runOne({ name }: Measure, run: () => ReturnType<Measure["run"]>): Promise<MeasureResult> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  try {
    const findings = await run();
    return { name, seconds: seconds(), findings, failure: null };
  } catch (error) {
    const failure = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { name, seconds: seconds(), findings: [], failure: failure ?? "" };
  }
}

/** Resolves with the reason of an unhandled rejection or an uncaught exception. */
function unhandledError(): Promise<unknown> {
  return new Promise((resolve) => {
    process.on("unhandledRejection", resolve);
    process.on("uncaughtException", resolve);
  });
}
