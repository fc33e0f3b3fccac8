import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Binaries } from "./binaries";
import { moveInto } from "./folders";
import { isAlive } from "./pid-file";
import { type RunAs, runProgram } from "./run-program";

/** One database cluster on disk. */
export type Cluster = { readonly dataFolder: string; readonly logFile: string; readonly password: string };

/** The name of the cluster's owner role and of its database. */
export const clusterName = "latchkey";

export type ClusterOptions = {
  /** False turns fsync off, which is faster. For databases that are deleted after use. */
  readonly durable: boolean;
};

/** Returns the cluster in `folder`. Creates it if there is none. The error is a message for the operator. */
export async function ensureCluster(
  folder: string,
  binaries: Binaries,
  runAs: RunAs,
  { durable }: ClusterOptions,
): Promise<Result<Cluster, string>> {
  const home = path.join(folder, "server");
  if (!existsSync(home)) {
    removeIncompleteClusters(folder);
    const created = await createCluster(path.join(folder, `new-${process.pid}`), binaries, runAs, durable);
    if (!created.ok) return created;
    // Moved to its final name only when it is complete, so that an incomplete cluster is never used: neither
    // after an interrupted start nor by a concurrent one.
    moveInto(created.value, home);
  }
  return ok({
    dataFolder: path.join(home, "data"),
    logFile: path.join(home, "log"),
    password: readFileSync(path.join(home, "password"), "utf8").trim(),
  });
}

async function createCluster(
  home: string,
  binaries: Binaries,
  runAs: RunAs,
  durable: boolean,
): Promise<Result<string, string>> {
  const passwordFile = path.join(home, "password");
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (runAs !== null) {
    chownSync(home, runAs.uid, runAs.gid);
    chownSync(passwordFile, runAs.uid, runAs.gid);
  }
  const initdb = await runProgram(
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
    runAs,
  );
  if (initdb.code === 0) return ok(home);
  rmSync(home, { recursive: true });
  const reason = initdb.output.split("\n").find((line) => line.includes("error:")) ?? initdb.output;
  return fail(`The database could not be created in ${path.dirname(home)}: ${reason.trim()}`);
}

/** Removes incomplete clusters, whose processes were killed while they created them. */
function removeIncompleteClusters(folder: string): void {
  for (const name of readdirSync(folder)) {
    const creator = /^new-(\d+)$/.exec(name)?.[1];
    if (creator !== undefined && !isAlive(Number(creator)))
      rmSync(path.join(folder, name), { recursive: true });
  }
}
