import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import { withTimeout } from "@/lib/infrastructure/timeout";
import type { Dashboard } from "./dashboard";
import { openDashboardForwarder } from "./dashboard-forwarder";
import { relayNotifications } from "./relayed-notifications";
import { type WorkerCommand, type WorkerData, workerMessageSchema } from "./worker-messages";

/** Milliseconds that the worker has to close before it is terminated. */
const closeTimeoutMs = 3000;

/**
 * Runs the dashboard in a worker thread, so that rendering a page delays no request to the API. Next also
 * slows down its thread: for its AsyncLocalStorage, Node 20 tracks every promise, which would cost the API a
 * third of its throughput. The worker listens on a socket that only this user can open. An uncaught error in
 * the worker ends the process.
 */
export async function openDashboardWorker(
  root: string,
  notifications: NotificationSource,
): Promise<Dashboard> {
  const { socketPath, remove } = createSocketPath();
  const data: WorkerData = { root, socketPath };
  const worker = new Worker(path.join(root, "scripts/dashboard-worker.mjs"), { workerData: data });
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  let openStreams = 0;
  let isClosing = false;

  await new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The dashboard worker exited before it was ready")));
    worker.on("message", (message: unknown) => {
      const parsed = workerMessageSchema.parse(message);
      if (parsed.kind === "streams") openStreams = parsed.open;
      else resolve();
    });
  });
  // Thrown outside of any promise, an error ends the process.
  worker.on("error", (error) => {
    throw error;
  });
  worker.once("exit", () => {
    if (!isClosing) throw new Error("The dashboard worker exited unexpectedly");
  });

  const send = (command: WorkerCommand) => worker.postMessage(command);
  const stopRelay = relayNotifications(notifications, send);
  const forwarder = openDashboardForwarder(socketPath);
  return {
    handle: forwarder.handle,
    openStreamCount: () => openStreams,
    endStreams: () => send({ kind: "end streams" }),
    close: async () => {
      isClosing = true;
      stopRelay();
      forwarder.close();
      send({ kind: "close" });
      await withTimeout(exited, closeTimeoutMs, "Closing the dashboard").catch(() => worker.terminate());
      remove();
    },
  };
}

/**
 * Returns the path of a socket in a new folder with mode 0700 or, on Windows, the name of a pipe with a
 * random part.
 */
function createSocketPath(): { readonly socketPath: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-"));
  const socketPath =
    process.platform === "win32"
      ? `\\\\.\\pipe\\${path.basename(folder)}`
      : path.join(folder, "dashboard.sock");
  return { socketPath, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
