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

/** Milliseconds: for everything, and for a server that says it is ready and answers nobody. */
const timeoutsMs = { all: 90_000, silence: 8_000 };

/** Logs in where a server runs and starts one where none does, until it is in. The failure is a sentence. */
export async function joinServer(
  parts: ServerDependencies,
  options: ClusterOptions,
): Promise<Result<JoinedServer, string>> {
  const { data, password } = parts.cluster;
  const end = Date.now() + timeoutsMs.all;
  let wasRunning = true;
  let failures = 0;
  let silentSince: number | null = null;
  while (Date.now() < end) {
    const found = readPidFile(data);
    if (found === null || !isAlive(found.pid)) {
      const started = await startServer(parts, options);
      wasRunning = !started.ok;
      // A start beside this one may have been faster, or its port taken in between: look again before giving up.
      failures += started.ok ? 0 : 1;
      if (!started.ok && failures === 3) return started;
      continue;
    }
    if ((await isPostmasterOf(found.pid, data)) === false) {
      // A crash left the file and its number is another program's by now: PostgreSQL would refuse to start over it.
      rmSync(path.join(data, "postmaster.pid"), { force: true });
      continue;
    }
    if (found.port !== null && found.status === "ready") {
      const login = await logIn(found.port, password);
      if (login.kind === "in") return ok({ serverLock: login.presence, port: found.port, wasRunning });
      if (login.kind === "refused") return fail(`PostgreSQL on ${data} refuses us: ${login.reason}.`);
      silentSince ??= Date.now();
      if (Date.now() - silentSince > timeoutsMs.silence) {
        await stopServer(parts);
        silentSince = null;
      }
    }
    await wait(50);
  }
  return fail(`PostgreSQL on ${data} does not answer; its log is ${parts.cluster.log}.`);
}
