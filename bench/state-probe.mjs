/*
 * Loaded into a Latchkey process and its threads with --import. On SIGUSR2 the process collects garbage. Then
 * it prints the memory of its main thread and of its dashboard worker, and the CPU time that it has used.
 */
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");
const threads = new BroadcastChannel("bench-state");

function readThreadMemory() {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  // Set by lib/dashboard/live/process-hub.ts, in the dashboard worker.
  const streams = Reflect.get(globalThis, "latchkeyLive")?.stats().streams;
  return { heapUsed, external, streams };
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

async function readDashboardMemory() {
  if (process.env.LATCHKEY_SERVE === "api") return { heapUsed: 0, external: 0, streams: 0 };
  const reply = once(threads, "message");
  threads.postMessage("memory");
  return (await reply)[0].data;
}

async function printState() {
  const cpuSecondsBefore = cpuSeconds();
  const [main, dashboard] = [readThreadMemory(), await readDashboardMemory()];
  const state = {
    heapUsed: main.heapUsed + dashboard.heapUsed,
    external: main.external + dashboard.external,
    rss: process.memoryUsage.rss(),
    streams: dashboard.streams,
    cpuSecondsBefore,
    cpuSecondsAfter: cpuSeconds(),
  };
  process.stdout.write(`\nbench-state ${JSON.stringify(state)}\n`);
}

if (isMainThread) process.on("SIGUSR2", printState);
else threads.onmessage = () => threads.postMessage(readThreadMemory());
threads.unref();
