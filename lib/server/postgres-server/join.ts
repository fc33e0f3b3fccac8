import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { ClusterOptions } from "./cluster";
import { type ServerDependencies, startServer, stopServer } from "./control";
import { isAlive, readPidFile } from "./pid-file";
import { isPostmasterOf } from "./postmaster";
import { logIn, type ServerLock } from "./server-lock";

export type JoinedServer = {
  readonly serverLock: ServerLock;
  readonly port: number;
  readonly wasRunning: boolean;
};

/** Milliseconds: for joining as a whole, and for a server that reports to be ready but does not respond. */
const timeoutsMs = { join: 90_000, unresponsive: 8_000 };

/**
 * Logs in to the running server, or starts one when none runs, and retries until it is connected. The error
 * is a sentence for people.
 */
export async function joinServer(
  dependencies: ServerDependencies,
  options: ClusterOptions,
): Promise<Result<JoinedServer, string>> {
  const { data, password } = dependencies.cluster;
  const deadline = Date.now() + timeoutsMs.join;
  let wasRunning = true;
  let failures = 0;
  let unresponsiveSince: number | null = null;
  while (Date.now() < deadline) {
    const pidFile = readPidFile(data);
    if (pidFile === null || !isAlive(pidFile.pid)) {
      const started = await startServer(dependencies, options);
      wasRunning = !started.ok;
      // Retried: a concurrent start may have been faster, or another program has taken the port in the
      // meantime.
      failures += started.ok ? 0 : 1;
      if (!started.ok && failures === 3) return started;
      continue;
    }
    if ((await isPostmasterOf(pidFile.pid, data)) === false) {
      // Left over from a crash, and the id belongs to another program by now. PostgreSQL would not start with
      // this file.
      rmSync(path.join(data, "postmaster.pid"), { force: true });
      continue;
    }
    if (pidFile.port !== null && pidFile.status === "ready") {
      const login = await logIn(pidFile.port, password);
      if (login.kind === "connected")
        return ok({ serverLock: login.serverLock, port: pidFile.port, wasRunning });
      if (login.kind === "rejected")
        return fail(`PostgreSQL in ${data} rejected the login: ${login.reason}.`);
      unresponsiveSince ??= Date.now();
      if (Date.now() - unresponsiveSince > timeoutsMs.unresponsive) {
        await stopServer(dependencies);
        unresponsiveSince = null;
      }
    }
    await wait(50);
  }
  return fail(`PostgreSQL in ${data} does not respond (log: ${dependencies.cluster.log}).`);
}
