import { createServer } from "node:http";
import type { MessagePort } from "node:worker_threads";
import { closeDatabase, renewDatabase } from "@/lib/infrastructure/db/client";
import { openDashboard } from "./dashboard";
import { passedSignals } from "./passed-signals";
import { type Order, orderSchema, threadDataSchema, type Word } from "./thread-words";

/** Milliseconds between two words on the streams that are open. */
const tellInterval = 500;

/** Serves the dashboard on the socket that `data` names until `port` says to close. Runs in the thread. */
export async function serveInThread(port: MessagePort, data: unknown): Promise<void> {
  const { root, socketPath } = threadDataSchema.parse(data);
  const signals = passedSignals();
  signals.listen({ onUnreachable: renewDatabase });
  const dashboard = await openDashboard(root, false, signals);
  const server = createServer(dashboard.handle);
  // Its one client is this process: it closes connections itself, and never meets one that was closed a moment ago.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  const say = (word: Word) => port.postMessage(word);
  const telling = setInterval(() => say({ kind: "streams", open: dashboard.streams() }), tellInterval);
  port.on("message", (message: unknown) => obey(orderSchema.parse(message)));
  say({ kind: "serving" });

  function obey(order: Order): void {
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
