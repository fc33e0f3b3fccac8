import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { ClusterOptions } from "./cluster";
import { type ServerDependencies, startServer, stopServer } from "./control";
import { isAlive, readPidFile } from "./pid-file";
import { isPostmasterOf } from "./postmaster";
import { connectAndLock, type ServerLock } from "./server-lock";

export type ConnectedServer = {
  /** While it is held, no other process stops the server. */
  readonly serverLock: ServerLock;
  readonly port: number;
  readonly wasRunning: boolean;
};

/** Milliseconds after which connecting or starting fails. */
const timeoutMs = 90_000;

/**
 * Milliseconds for which a server may report that it is ready without responding. It is then stopped and
 * started again.
 */
const unresponsiveTimeoutMs = 8_000;

/** How many starts may fail before the last error is returned. */
const maxStartFailures = 3;

/**
 * Connects to the running server, or starts one if none runs, and retries until it is connected. The error is
 * a message for the operator.
 */
export async function connectOrStartServer(
  dependencies: ServerDependencies,
  options: ClusterOptions,
): Promise<Result<ConnectedServer, string>> {
  const { dataFolder, password } = dependencies.cluster;
  const deadline = Date.now() + timeoutMs;
  let startedHere = false;
  let startFailures = 0;
  let unresponsiveSince: number | null = null;
  while (Date.now() < deadline) {
    const pidFile = readPidFile(dataFolder);
    if (pidFile === null || !isAlive(pidFile.pid)) {
      const started = await startServer(dependencies, options);
      startedHere = started.ok;
      // Try again: another process may have started the server first, or another program may have taken the
      // port.
      startFailures += started.ok ? 0 : 1;
      if (!started.ok && startFailures === maxStartFailures) return started;
      continue;
    }
    // Null (unknown) counts as the server.
    if ((await isPostmasterOf(pidFile.pid, dataFolder)) === false) {
      // The PID file is left over from a crash, and its PID now belongs to another program. PostgreSQL
      // refuses to start while the file exists.
      rmSync(path.join(dataFolder, "postmaster.pid"), { force: true });
      continue;
    }
    if (pidFile.port !== null && pidFile.status === "ready") {
      const login = await connectAndLock(pidFile.port, password);
      if (login.kind === "connected")
        return ok({ serverLock: login.serverLock, port: pidFile.port, wasRunning: !startedHere });
      if (login.kind === "rejected")
        return fail(`PostgreSQL in ${dataFolder} rejected the login: ${login.reason}.`);
      unresponsiveSince ??= Date.now();
      if (Date.now() - unresponsiveSince > unresponsiveTimeoutMs) {
        await stopServer(dependencies);
        unresponsiveSince = null;
      }
    }
    await wait(50);
  }
  return fail(`PostgreSQL in ${dataFolder} does not respond (log: ${dependencies.cluster.logFile}).`);
}
