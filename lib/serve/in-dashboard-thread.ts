import { createServer } from "node:http";
import type { MessagePort } from "node:worker_threads";
import { closeDatabase } from "../db/client";
import { openDashboard } from "./dashboard";
import { orderSchema, threadDataSchema, type Word } from "./thread-words";

/** Milliseconds between two words on the streams that are open. */
const tellInterval = 500;

/** Serves the dashboard on the socket that `data` names until `port` says to close. Runs in the thread. */
export async function serveInThread(port: MessagePort, data: unknown): Promise<void> {
  const { root, socketPath } = threadDataSchema.parse(data);
  const dashboard = await openDashboard(root, false);
  const server = createServer(dashboard.handle);
  // Its one client is this process: it closes connections itself, and never meets one that was closed a moment ago.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  const say = (word: Word) => port.postMessage(word);
  const telling = setInterval(() => say({ kind: "streams", open: dashboard.streams() }), tellInterval);

  port.on("message", (message: unknown) => {
    dashboard.endStreams();
    if (orderSchema.parse(message) === "close") void close();
  });
  say({ kind: "serving" });

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
