import { watchStopSignals } from "@/lib/server/process-lifecycle/stop-signals";
import type { Measure } from "./measure";
import { areAllTargetsMet, formatTable, type MeasureResult, writeReport } from "./report";
import { openCleanupStack, openWorkspaces } from "./workspace";

/**
 * Runs measures one after the other and prints what they found. Returns whether all is as it should be. Whatever was
 * started is stopped, also when somebody ends the run before its time.
 */
export async function runBench(measures: readonly Measure[]): Promise<boolean> {
  const wholeRun = openCleanupStack();
  let current = openCleanupStack();
  let isOver = false;
  const measured: MeasureResult[] = [];
  const workplaces = openWorkspaces(wholeRun);

  async function runAll(): Promise<void> {
    for (const measure of measures) {
      if (isOver) return;
      process.stderr.write(`${measure.name} ...\n`);
      const own = openCleanupStack();
      current = own;
      const result = await runOne(measure, () => measure.run(workplaces.enter(own)));
      // What fails because everything is being stopped says nothing.
      if (!isOver) measured.push(result);
      await own.run();
    }
  }

  const isWhole = await Promise.race([
    runAll().then(() => true),
    watchStopSignals().requested.then(() => false),
    // A mistake of a measure must not leave what it has started.
    unhandledError().then((reason) => {
      process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`);
      return false;
    }),
  ]);
  isOver = true;
  if (!isWhole) process.stderr.write("Stopping what was started ...\n");
  await current.run();
  await wholeRun.run();
  process.stdout.write(`\n${formatTable(measured)}\n`);
  process.stdout.write(`Written to ${writeReport(measured, new Date())}\n`);
  return isWhole && areAllTargetsMet(measured);
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

/** Resolves with the reason of a failure that nobody waits for. */
function unhandledError(): Promise<unknown> {
  return new Promise((resolve) => {
    process.on("unhandledRejection", resolve);
    process.on("uncaughtException", resolve);
  });
}
