import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { withDeadline } from "@/lib/infrastructure/deadline";
import type { Hearing } from "@/lib/infrastructure/signals/signals";
import type { Dashboard } from "./dashboard";
import { passOn } from "./pass-on";
import { passSignals } from "./passed-signals";
import { type Order, type ThreadData, wordSchema } from "./thread-words";

/** Milliseconds that the thread gets to close. */
const closePatience = 3000;

/**
 * The dashboard in a thread of its own. A page that is rendered then holds up no request to the API; and what Next does to
 * the thread it runs in (Node 20 follows every promise for its AsyncLocalStorage) would cost the API a third of its
 * requests. The thread listens on a socket that only this user can reach. What breaks there ends the process.
 */
export async function openDashboardThread(root: string, signals: Hearing): Promise<Dashboard> {
  const { socketPath, remove } = privateSocket();
  const data: ThreadData = { root, socketPath };
  const worker = new Worker(path.join(root, "scripts/dashboard-thread.mjs"), { workerData: data });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  let streams = 0;
  let isClosing = false;

  await new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The dashboard's thread ended before it served")));
    worker.on("message", (message: unknown) => {
      const word = wordSchema.parse(message);
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

  const order = (what: Order) => worker.postMessage(what);
  const stopPassing = passSignals(signals, order);
  const { handle, close } = passOn(socketPath);
  return {
    handle,
    streams: () => streams,
    endStreams: () => order({ kind: "end streams" }),
    close: async () => {
      isClosing = true;
      stopPassing();
      close();
      order({ kind: "close" });
      await withDeadline(ended, closePatience, "Closing the dashboard").catch(() => worker.terminate());
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
