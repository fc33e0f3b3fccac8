import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { ClusterOptions } from "./cluster";
import { type Parts, startServer, stopServer } from "./control";
import { isAlive, readPidFile } from "./pid-file";
import { isServerOf } from "./postmaster";
import { logIn, type Presence } from "./presence";

export type Joined = { readonly presence: Presence; readonly port: number; readonly adopted: boolean };

/** Milliseconds: for everything, and for a server that says it is ready and answers nobody. */
const patience = { all: 90_000, silence: 8_000 };

/** Logs in where a server runs and starts one where none does, until it is in. The failure is a sentence. */
export async function joinServer(parts: Parts, options: ClusterOptions): Promise<Result<Joined, string>> {
  const { data, password } = parts.cluster;
  const end = Date.now() + patience.all;
  let adopted = true;
  let failures = 0;
  let silentSince: number | null = null;
  while (Date.now() < end) {
    const found = readPidFile(data);
    if (found === null || !isAlive(found.pid)) {
      const started = await startServer(parts, options);
      adopted = !started.ok;
      // A start beside this one may have been faster, or its port taken in between: look again before giving up.
      failures += started.ok ? 0 : 1;
      if (!started.ok && failures === 3) return started;
      continue;
    }
    if ((await isServerOf(found.pid, data)) === false) {
      // A crash left the file and its number is another program's by now: PostgreSQL would refuse to start over it.
      rmSync(path.join(data, "postmaster.pid"), { force: true });
      continue;
    }
    if (found.port !== null && found.status === "ready") {
      const login = await logIn(found.port, password);
      if (login.kind === "in") return ok({ presence: login.presence, port: found.port, adopted });
      if (login.kind === "refused") return fail(`PostgreSQL on ${data} refuses us: ${login.reason}.`);
      silentSince ??= Date.now();
      if (Date.now() - silentSince > patience.silence) {
        await stopServer(parts);
        silentSince = null;
      }
    }
    await wait(50);
  }
  return fail(`PostgreSQL on ${data} does not answer; its log is ${parts.cluster.log}.`);
}
