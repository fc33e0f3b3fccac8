import { parentPort, workerData } from "node:worker_threads";
import { loadTypeScript } from "./load.mjs";

if (parentPort === null) throw new Error("This is started by the server, in a thread of its own");
await loadTypeScript();
const { serveInThread } = await import("../lib/server/serve/in-dashboard-thread");
await serveInThread(parentPort, workerData);
