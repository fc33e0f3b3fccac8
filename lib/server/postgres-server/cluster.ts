import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Binaries } from "./binaries";
import { moveInto } from "./folders";
import { isAlive } from "./pid-file";
import { type RunAs, runProgram } from "./run-program";

/** One database cluster on disk. */
export type Cluster = { readonly data: string; readonly log: string; readonly password: string };

/** The role that owns everything in the cluster, and the name of the database. */
export const clusterName = "latchkey";

export type ClusterOptions = {
  /** False leaves flushing to the system: for databases that are thrown away. */
  readonly durable: boolean;
};

/** Opens the cluster in `folder`, making it first when there is none. The failure is a sentence. */
export async function ensureCluster(
  folder: string,
  binaries: Binaries,
  as: RunAs,
  { durable }: ClusterOptions,
): Promise<Result<Cluster, string>> {
  const home = path.join(folder, "server");
  if (!existsSync(home)) {
    removeIncompleteClusters(folder);
    const made = await createCluster(path.join(folder, `new-${process.pid}`), binaries, as, durable);
    if (!made.ok) return made;
    // Under its final name it is whole: a start that was cut short, or one beside this one, never sees half of it.
    moveInto(made.value, home);
  }
  return ok({
    data: path.join(home, "data"),
    log: path.join(home, "log"),
    password: readFileSync(path.join(home, "password"), "utf8").trim(),
  });
}

async function createCluster(
  home: string,
  binaries: Binaries,
  as: RunAs,
  durable: boolean,
): Promise<Result<string, string>> {
  const passwordFile = path.join(home, "password");
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (as !== null) {
    chownSync(home, as.uid, as.gid);
    chownSync(passwordFile, as.uid, as.gid);
  }
  const made = await runProgram(
    binaries.initdb,
    [
      ...["--pgdata", path.join(home, "data"), "--username", clusterName, "--pwfile", passwordFile],
      ...[
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
        "--locale-provider",
        "builtin",
        "--locale",
        "C.UTF-8",
      ],
      ...(durable ? [] : ["--no-sync"]),
    ],
    as,
  );
  if (made.code === 0) return ok(home);
  rmSync(home, { recursive: true });
  const reason = made.output.split("\n").find((line) => line.includes("error:")) ?? made.output;
  return fail(`The database could not be created in ${path.dirname(home)}: ${reason.trim()}`);
}

/** Clears what a start left that was killed while it made its cluster. */
function removeIncompleteClusters(folder: string): void {
  for (const name of readdirSync(folder)) {
    const maker = /^new-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) rmSync(path.join(folder, name), { recursive: true });
  }
}
