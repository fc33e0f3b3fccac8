import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { LatchkeyProcess, ProcessOptions } from "@/e2e/fixtures/latchkey-process";

/** Options that start a process whose state `readProcessState` can read. */
export const probeOptions: Pick<ProcessOptions, "command"> = {
  command: [process.execPath, "--import", "./bench/state-probe.mjs", "scripts/start.mjs"],
};

const stateSchema = z.object({
  /** Bytes, after a garbage collection. */
  heapUsed: z.number(),
  external: z.number(),
  rss: z.number(),
  /** Number of open event streams. */
  streams: z.number(),
  /** Seconds of CPU time used since the start, before and after the garbage collection. */
  cpuSecondsBefore: z.number(),
  cpuSecondsAfter: z.number(),
});

export type ProcessState = Readonly<z.infer<typeof stateSchema>>;

/** Reads the state of a process that was started with `probeOptions`. */
export async function readProcessState({ child, output }: LatchkeyProcess): Promise<ProcessState> {
  const states = () => [...output().stdout.matchAll(/^bench-state (\{.*\})$/gm)];
  const before = states().length;
  child.kill("SIGUSR2");
  const deadline = performance.now() + 20_000;
  for (;;) {
    const state = states()[before]?.[1];
    if (state !== undefined) return stateSchema.parse(JSON.parse(state));
    if (performance.now() > deadline) throw new Error("The process did not report its state");
    await wait(50);
  }
}
