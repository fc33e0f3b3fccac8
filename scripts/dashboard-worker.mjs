import { parentPort, workerData } from "node:worker_threads";
import { loadServer } from "./compiled-server.mjs";

if (parentPort === null) throw new Error("This is started by the server, in a thread of its own");
const { serveInWorker } = await loadServer("dashboard-worker");
await serveInWorker(parentPort, workerData);
