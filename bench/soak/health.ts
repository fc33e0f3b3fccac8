import { setTimeout as wait } from "node:timers/promises";
import { readProcessState } from "@/bench/process-state";
import { median } from "@/bench/statistics";
import type { LatchkeyProcess } from "@/e2e/fixtures/latchkey-process";

/** MiB after a collection, the middle one of three looks at a process that goes on working. */
export async function medianHeapMiB(process: LatchkeyProcess): Promise<number> {
  const found: number[] = [];
  for (let look = 0; look < 3; look += 1) {
    found.push((await readProcessState(process)).heapUsed / 1024 ** 2);
    await wait(200);
  }
  return median(found);
}

/** Streams that are open though everybody has left; a server notices within a moment. */
export async function countOpenStreams(processes: readonly LatchkeyProcess[]): Promise<number> {
  const given = performance.now() + 5000;
  for (;;) {
    const states = await Promise.all(processes.map(readProcessState));
    const open = states.reduce((sum, { streams }) => sum + streams, 0);
    if (open === 0 || performance.now() > given) return open;
    await wait(200);
  }
}

/** pino writes errors as level 50, and what ends a process as 60. */
export function errorLines(output: string): string[] {
  return output.split("\n").filter((line) => /"level":[56]0/.test(line) || /^\w*Error\b/.test(line));
}
