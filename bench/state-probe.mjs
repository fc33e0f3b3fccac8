/*
 * Loaded into a process of the product with --import: on SIGUSR2 it says what processor time it has used, collects
 * garbage, and says how much memory is left.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

process.on("SIGUSR2", () => {
  const processorBefore = processorSeconds();
  collect();
  collect();
  // Where lib/live/process-hub.ts puts it.
  const streams = Reflect.get(globalThis, "latchkeyLive")?.stats().streams ?? 0;
  const { heapUsed, external, rss } = process.memoryUsage();
  const state = { heapUsed, external, rss, streams, processorBefore, processorAfter: processorSeconds() };
  process.stdout.write(`\nbench-state ${JSON.stringify(state)}\n`);
});
