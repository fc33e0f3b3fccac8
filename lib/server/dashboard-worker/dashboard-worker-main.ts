import { createServer } from "node:http";
import type { MessagePort } from "node:worker_threads";
import { closeDatabase, resetDatabasePool } from "@/lib/infrastructure/db/client";
import { openDashboard } from "./dashboard";
import { createRelayedNotificationSource } from "./relayed-notifications";
import {
  type WorkerCommand,
  type WorkerMessage,
  workerCommandSchema,
  workerDataSchema,
} from "./worker-messages";

/** Milliseconds between two reports of the number of open event streams. */
const reportIntervalMs = 500;

/**
 * Runs in the worker thread. Serves the dashboard on the socket whose path is in `data`. Ends the thread when
 * `port` receives "close".
 */
export async function serveInWorker(port: MessagePort, data: unknown): Promise<void> {
  const { root, socketPath } = workerDataSchema.parse(data);
  const notifications = createRelayedNotificationSource();
  notifications.subscribe({ onUnreachable: resetDatabasePool });
  const dashboard = await openDashboard(root, { dev: false }, notifications);
  const server = createServer(dashboard.handle);
  // The main thread is the only client, and its agent closes idle connections. A timeout here could close a
  // connection at the moment when the main thread reuses it.
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
    // Ends only this thread. Without it, timers and handles that Next leaves behind would keep the thread
    // running.
    process.exit();
  }
}
