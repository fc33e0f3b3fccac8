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

/** Milliseconds between two reports of the number of open event streams. */
const reportIntervalMs = 500;

/**
 * Runs in the worker thread: serves the dashboard on the socket that `data` names until `port` receives
 * "close", then exits the thread.
 */
export async function serveInWorker(port: MessagePort, data: unknown): Promise<void> {
  const { root, socketPath } = workerDataSchema.parse(data);
  const notifications = relayedNotificationSource();
  notifications.subscribe({ onUnreachable: resetDatabasePool });
  const dashboard = await openDashboard(root, false, notifications);
  const server = createServer(dashboard.handle);
  // The main thread is the only client and closes idle connections itself. A time-out here could close a
  // connection just as the main thread reuses it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  const send = (message: WorkerMessage) => port.postMessage(message);
  const reportTimer = setInterval(
    () => send({ kind: "streams", open: dashboard.openStreamCount() }),
    reportIntervalMs,
  );
  port.on("message", (message: unknown) => handleCommand(workerCommandSchema.parse(message)));
  send({ kind: "ready" });

  function handleCommand(command: WorkerCommand): void {
    if (command.kind === "end streams") dashboard.endStreams();
    else if (command.kind === "close") void close();
    else notifications.receive(command);
  }

  async function close(): Promise<void> {
    clearInterval(reportTimer);
    server.close();
    server.closeAllConnections();
    await dashboard.close();
    await closeDatabase();
    // Ends only this thread, which Next's leftover timers and handles would keep alive.
    process.exit();
  }
}
