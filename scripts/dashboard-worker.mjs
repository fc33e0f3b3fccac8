import { parentPort, workerData } from "node:worker_threads";
import { loadServer } from "./compiled-server.mjs";

if (parentPort === null)
  throw new Error("The server starts this script in a worker thread. It cannot be run by itself.");
const { serveInWorker } = await loadServer("dashboard-worker");
await serveInWorker(parentPort, workerData);
