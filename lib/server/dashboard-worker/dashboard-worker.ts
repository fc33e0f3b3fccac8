import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "@/lib/infrastructure/log/log";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import type { Dashboard } from "./dashboard";
import { startWorkerThread, type WorkerThread } from "./worker-thread";

/**
 * Milliseconds until a dashboard that ended is started again: doubled for each end that follows, and the shortest
 * again once one has run for `stableMs`.
 */
const restartDelayMs = { shortest: 1000, longest: 30_000 };
const stableMs = 60_000;

export type DashboardWorkerOptions = {
  /** The folder that holds package.json. */
  readonly root: string;
  readonly notifications: NotificationSource;
  readonly log: Log;
};

/**
 * Runs the dashboard in a worker thread, so that rendering a page delays no request to the API. Next also
 * slows down its thread: for its AsyncLocalStorage, Node 20 tracks every promise, which would cost the API a
 * third of its throughput. The worker listens on a socket that only this user can open.
 *
 * When the thread ends, for an uncaught error or for its limit of memory, it is started again; the API goes on.
 * Requests to the dashboard get a 503 meanwhile. Rejects when the first start fails.
 */
export async function openDashboardWorker({
  root,
  notifications,
  log,
}: DashboardWorkerOptions): Promise<Dashboard> {
  const sockets = createSocketFolder();
  const start = () => startWorkerThread(root, sockets.nextPath(), notifications);
  let running: WorkerThread | null = null;
  let restarts = 0;
  const closing = new AbortController();

  async function restartForever(first: WorkerThread): Promise<void> {
    let delayMs = restartDelayMs.shortest;
    let next = Promise.resolve(first);
    for (;;) {
      const startedAt = performance.now();
      const cause = await next.then(
        (started) => {
          running = started;
          return started.ended;
        },
        (error: unknown) => error,
      );
      running = null;
      if (closing.signal.aborted) return;
      if (performance.now() - startedAt > stableMs) delayMs = restartDelayMs.shortest;
      restarts += 1;
      log.error({ err: cause, delayMs }, "dashboard ended, will restart");
      await wait(delayMs, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return;
      delayMs = Math.min(delayMs * 2, restartDelayMs.longest);
      next = start();
    }
  }

  const first = await start();
  running = first;
  void restartForever(first);
  return {
    handle: (request, response) =>
      running === null ? sendUnavailable(response) : running.handle(request, response),
    openStreamCount: () => running?.openStreamCount() ?? 0,
    restartCount: () => restarts,
    endStreams: () => running?.endStreams(),
    close: async () => {
      closing.abort();
      const isEnded = (await running?.close()) ?? true;
      sockets.remove();
      return isEnded;
    },
  };
}

function sendUnavailable(response: ServerResponse): void {
  response
    .writeHead(503, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": "5",
    })
    .end("The dashboard is restarting. Try again in a few seconds.\n");
}

/**
 * Creates a folder with mode 0700 for sockets. `nextPath` returns a new path each time, since a thread that
 * crashed can leave its socket; on Windows it is a pipe name that cannot be guessed.
 */
function createSocketFolder(): { readonly nextPath: () => string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-"));
  let count = 0;
  return {
    nextPath: () => {
      count += 1;
      return process.platform === "win32"
        ? `\\\\.\\pipe\\${path.basename(folder)}-${count}`
        : path.join(folder, `dashboard-${count}.sock`);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
