/*
 * Loaded into a process of the product, and so into its threads, with --import: on SIGUSR2 the process says what processor
 * time it has used, collects garbage, and says how much memory is left in the server's thread and the dashboard's.
 */
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const threads = new BroadcastChannel("bench-state");

function memoryOfThread() {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  // Where lib/live/process-hub.ts puts it, in the dashboard's thread.
  const streams = Reflect.get(globalThis, "latchkeyLive")?.stats().streams;
  return { heapUsed, external, streams };
}

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

async function memoryOfDashboard() {
  if (process.env.LATCHKEY_SERVE === "api") return { heapUsed: 0, external: 0, streams: 0 };
  const answer = once(threads, "message");
  threads.postMessage("memory");
  return (await answer)[0].data;
}

async function tell() {
  const processorBefore = processorSeconds();
  const [here, there] = [memoryOfThread(), await memoryOfDashboard()];
  const state = {
    heapUsed: here.heapUsed + there.heapUsed,
    external: here.external + there.external,
    rss: process.memoryUsage.rss(),
    streams: there.streams,
    processorBefore,
    processorAfter: processorSeconds(),
  };
  process.stdout.write(`\nbench-state ${JSON.stringify(state)}\n`);
}

if (isMainThread) process.on("SIGUSR2", tell);
else {
  threads.onmessage = () => {
    const memory = memoryOfThread();
    // Other threads are the loader's.
    if (memory.streams !== undefined) threads.postMessage(memory);
  };
}
threads.unref();
