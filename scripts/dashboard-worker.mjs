import { parentPort, workerData } from "node:worker_threads";
import { loadTypeScript } from "./load-typescript.mjs";

if (parentPort === null) throw new Error("This is started by the server, in a thread of its own");
await loadTypeScript();
const { serveInWorker } = await import("../lib/server/dashboard-worker/dashboard-worker-main");
await serveInWorker(parentPort, workerData);
