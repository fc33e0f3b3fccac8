import path from "node:path";
import { Worker } from "node:worker_threads";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import { withTimeout } from "@/lib/infrastructure/timeout";
import type { Handler } from "@/lib/server/http/request-listener";
import { openDashboardForwarder } from "./dashboard-forwarder";
import { relayNotifications } from "./relayed-notifications";
import { type WorkerCommand, type WorkerData, workerMessageSchema } from "./worker-messages";

/**
 * Megabytes of the thread's heap. Beyond it Node ends the thread with ERR_WORKER_OUT_OF_MEMORY, and not the
 * process. `--max-old-space-size` takes priority.
 */
const maxHeapMegabytes = 512;

/** Milliseconds after which a thread that does not close is terminated, and then is taken for stuck. */
const closeTimeoutMs = 3000;
const terminateTimeoutMs = 1000;

export type WorkerThread = {
  readonly handle: Handler;
  readonly openStreamCount: () => number;
  readonly endStreams: () => void;
  /** Resolves to the cause when the thread has ended. */
  readonly ended: Promise<Error>;
  /**
   * Closes the dashboard and ends the thread. Resolves to false when the thread is stuck in native code, which
   * nothing but the end of the process interrupts.
   */
  readonly close: () => Promise<boolean>;
};

/** Starts the dashboard in a worker thread. Rejects when the thread ends before it serves. */
export async function startWorkerThread(
  root: string,
  socketPath: string,
  notifications: NotificationSource,
): Promise<WorkerThread> {
  const data: WorkerData = { root, socketPath };
  const worker = new Worker(path.join(root, "scripts/dashboard-worker.mjs"), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
  });
  const ended = new Promise<Error>((resolve) => {
    let cause: Error | null = null;
    worker.on("error", (error) => {
      cause ??= error;
    });
    worker.once("exit", (code) => resolve(cause ?? new Error(`The dashboard's thread exited with ${code}`)));
  });
  let openStreams = 0;
  await new Promise<void>((resolve, reject) => {
    void ended.then(reject);
    worker.on("message", (message: unknown) => {
      const parsed = workerMessageSchema.parse(message);
      if (parsed.kind === "streams") openStreams = parsed.open;
      else resolve();
    });
  });

  const send = (command: WorkerCommand) => worker.postMessage(command);
  const stopRelay = relayNotifications(notifications, send);
  const forwarder = openDashboardForwarder(socketPath);
  const release = () => {
    stopRelay();
    forwarder.close();
  };
  void ended.then(release);
  return {
    handle: forwarder.handle,
    openStreamCount: () => openStreams,
    endStreams: () => send({ kind: "end streams" }),
    ended,
    close: async () => {
      release();
      send({ kind: "close" });
      if (await isSettled(ended, closeTimeoutMs)) return true;
      void worker.terminate();
      return isSettled(ended, terminateTimeoutMs);
    },
  };
}

/** Waits for `promise`, at most `ms` milliseconds. Returns false when it has not settled by then. */
async function isSettled(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return withTimeout(promise, ms, "Closing the dashboard").then(
    () => true,
    () => false,
  );
}
