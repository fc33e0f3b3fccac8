import { createServer } from "node:http";
import type { MessagePort } from "node:worker_threads";
import { closeDatabase, resetDatabasePool } from "@/lib/infrastructure/db/client";
import { openDashboard } from "./dashboard";
import { relayedNotificationSource } from "./relayed-notifications";
import {
  type WorkerCommand,
  type WorkerMessage,
  workerCommandSchema,
  workerDataSchema,
} from "./worker-messages";

/** Milliseconds between two words on the streams that are open. */
const reportIntervalMs = 500;

/** Serves the dashboard on the socket that `data` names until `port` says to close. Runs in the thread. */
export async function serveInWorker(port: MessagePort, data: unknown): Promise<void> {
  const { root, socketPath } = workerDataSchema.parse(data);
  const signals = relayedNotificationSource();
  signals.subscribe({ onUnreachable: resetDatabasePool });
  const dashboard = await openDashboard(root, false, signals);
  const server = createServer(dashboard.handle);
  // Its one client is this process: it closes connections itself, and never meets one that was closed a moment ago.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  const say = (word: WorkerMessage) => port.postMessage(word);
  const telling = setInterval(
    () => say({ kind: "streams", open: dashboard.openStreamCount() }),
    reportIntervalMs,
  );
  port.on("message", (message: unknown) => handleCommand(workerCommandSchema.parse(message)));
  say({ kind: "serving" });

  function handleCommand(order: WorkerCommand): void {
    if (order.kind === "end streams") dashboard.endStreams();
    else if (order.kind === "close") void close();
    else signals.take(order);
  }

  async function close(): Promise<void> {
    clearInterval(telling);
    server.close();
    server.closeAllConnections();
    await dashboard.close();
    await closeDatabase();
    // Of the thread alone; what Next leaves running would keep it alive.
    process.exit();
  }
}
