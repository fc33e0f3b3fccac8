import { setTimeout as wait } from "node:timers/promises";
import { readProcessState } from "@/bench/process-state";
import { median } from "@/bench/statistics";
import type { LatchkeyProcess } from "@/e2e/fixtures/latchkey-process";

/**
 * Measures the heap after a garbage collection in MiB: the median of three samples, while the process is
 * under load.
 */
export async function medianHeapMiB(process: LatchkeyProcess): Promise<number> {
  const samples: number[] = [];
  for (let sample = 0; sample < 3; sample += 1) {
    samples.push((await readProcessState(process)).heapUsed / 1024 ** 2);
    await wait(200);
  }
  return median(samples);
}

/**
 * Counts the event streams that are still open after all clients have disconnected. Waits up to 5 s for zero.
 */
export async function countOpenStreams(processes: readonly LatchkeyProcess[]): Promise<number> {
  const deadline = performance.now() + 5000;
  for (;;) {
    const states = await Promise.all(processes.map(readProcessState));
    const open = states.reduce((sum, { streams }) => sum + streams, 0);
    if (open === 0 || performance.now() > deadline) return open;
    await wait(200);
  }
}

/** Finds the log lines of errors: pino levels 50 (error) and 60 (fatal), and uncaught errors. */
export function errorLines(output: string): string[] {
  return output.split("\n").filter((line) => /"level":[56]0/.test(line) || /^\w*Error\b/.test(line));
}
