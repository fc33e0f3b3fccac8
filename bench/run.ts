import { watchStopSignals } from "@/lib/server/process-lifecycle/stop-signals";
import type { Measure } from "./measure";
import { areAllTargetsMet, formatTable, type MeasureResult, writeReport } from "./report";
import { openCleanupStack, openWorkspaces } from "./workspace";

/**
 * Runs measures one after the other and prints their findings. True when no measure failed and every target
 * is met. Everything that was started is stopped, also when the run is interrupted.
 */
export async function runBench(measures: readonly Measure[]): Promise<boolean> {
  const wholeRun = openCleanupStack();
  let current = openCleanupStack();
  let isFinished = false;
  const results: MeasureResult[] = [];
  const workspaces = openWorkspaces(wholeRun);

  async function runAll(): Promise<void> {
    for (const measure of measures) {
      if (isFinished) return;
      process.stderr.write(`${measure.name} ...\n`);
      const own = openCleanupStack();
      current = own;
      const result = await runOne(measure, () => measure.run(workspaces.enter(own)));
      // A failure during the shutdown is caused by it and is not reported.
      if (!isFinished) results.push(result);
      await own.run();
    }
  }

  const isComplete = await Promise.race([
    runAll().then(() => true),
    watchStopSignals().requested.then(() => false),
    // Caught here, so that everything a faulty measure has started is still stopped.
    unhandledError().then((reason) => {
      process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`);
      return false;
    }),
  ]);
  isFinished = true;
  if (!isComplete) process.stderr.write("Stopping ...\n");
  await current.run();
  await wholeRun.run();
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
