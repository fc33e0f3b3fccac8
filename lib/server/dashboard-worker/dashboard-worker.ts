import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notifications";
import { withTimeout } from "@/lib/infrastructure/timeout";
import type { Dashboard } from "./dashboard";
import { openRequestForwarder } from "./forward-request";
import { relayNotifications } from "./relayed-notifications";
import { type WorkerCommand, type WorkerData, workerMessageSchema } from "./worker-messages";

/** Milliseconds that the thread gets to close. */
const closeTimeoutMs = 3000;

/**
 * The dashboard in a thread of its own. A page that is rendered then holds up no request to the API; and what Next does to
 * the thread it runs in (Node 20 follows every promise for its AsyncLocalStorage) would cost the API a third of its
 * requests. The thread listens on a socket that only this user can reach. What breaks there ends the process.
 */
export async function openDashboardWorker(root: string, signals: NotificationSource): Promise<Dashboard> {
  const { socketPath, remove } = privateSocket();
  const data: WorkerData = { root, socketPath };
  const worker = new Worker(path.join(root, "scripts/dashboard-worker.mjs"), { workerData: data });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  let streams = 0;
  let isClosing = false;

  await new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The dashboard's thread ended before it served")));
    worker.on("message", (message: unknown) => {
      const word = workerMessageSchema.parse(message);
      if (word.kind === "streams") streams = word.open;
      else resolve();
    });
  });
  worker.on("error", (error) => {
    throw error;
  });
  worker.once("exit", () => {
    if (!isClosing) throw new Error("The dashboard's thread has ended");
  });

  const order = (what: WorkerCommand) => worker.postMessage(what);
  const stopPassing = relayNotifications(signals, order);
  const { handle, close } = openRequestForwarder(socketPath);
  return {
    handle,
    openStreamCount: () => streams,
    endStreams: () => order({ kind: "end streams" }),
    close: async () => {
      isClosing = true;
      stopPassing();
      close();
      order({ kind: "close" });
      await withTimeout(ended, closeTimeoutMs, "Closing the dashboard").catch(() => worker.terminate());
      remove();
    },
  };
}

/** A place for a socket: in a folder that nobody else can enter or, on Windows, a pipe with a name nobody can guess. */
function privateSocket(): { readonly socketPath: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-"));
  const socketPath =
    process.platform === "win32"
      ? `\\\\.\\pipe\\${path.basename(folder)}`
      : path.join(folder, "dashboard.sock");
  return { socketPath, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
