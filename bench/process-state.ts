import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { LatchkeyProcess, ProcessOptions } from "@/e2e/fixtures/latchkey-process";

/** How to start a process whose state can be asked for. */
export const probeOptions: Pick<ProcessOptions, "command"> = {
  command: [process.execPath, "--import", "./bench/state-probe.mjs", "scripts/start.mjs"],
};

const stateSchema = z.object({
  /** Bytes, after a collection. */
  heapUsed: z.number(),
  external: z.number(),
  rss: z.number(),
  /** Open event streams. */
  streams: z.number(),
  /** Seconds used so far, before and after the collection. */
  processorBefore: z.number(),
  processorAfter: z.number(),
});

export type ProcessState = Readonly<z.infer<typeof stateSchema>>;

/** Asks a process that was started as `probed` says. */
export async function readProcessState({ child, output }: LatchkeyProcess): Promise<ProcessState> {
  const answers = () => [...output().stdout.matchAll(/^bench-state (\{.*\})$/gm)];
  const before = answers().length;
  child.kill("SIGUSR2");
  const given = performance.now() + 20_000;
  for (;;) {
    const answer = answers()[before]?.[1];
    if (answer !== undefined) return stateSchema.parse(JSON.parse(answer));
    if (performance.now() > given) throw new Error("The process does not tell its state");
    await wait(50);
  }
}
