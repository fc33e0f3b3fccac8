import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Binaries } from "./binaries";
import type { Cluster, ClusterOptions } from "./cluster";
import { type RunAs, runProgram } from "./run-program";

/** What starting and stopping a cluster's server needs. */
export type ServerDependencies = {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly runAs: RunAs;
};

/** Seconds that a start may take. Long, because a start after a crash includes recovery. */
const startTimeoutSeconds = 60;
const maxLogBytes = 1024 * 1024;

/**
 * Starts a cluster's server on a free port of 127.0.0.1. The error is a message for the operator with
 * PostgreSQL's own reason.
 */
export async function startServer(
  { cluster, binaries, runAs }: ServerDependencies,
  { durable }: ClusterOptions,
): Promise<Result<null, string>> {
  const logOffset = prepareLog(cluster.logFile);
  const settings = [
    "listen_addresses=127.0.0.1",
    // No Unix socket: its lock file, when left over from a crash, would block the start.
    "unix_socket_directories=",
    "max_connections=100",
    // Messages of lower levels are about failed statements, whose text may contain what users have entered.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  const options = [`-p ${await freePort()}`, ...settings.map((setting) => `-c ${setting}`)].join(" ");
  const started = await runProgram(
    binaries.pgCtl,
    [
      "start",
      "-w",
      "-t",
      `${startTimeoutSeconds}`,
      "-D",
      cluster.dataFolder,
      "-l",
      cluster.logFile,
      "-o",
      options,
    ],
    runAs,
  );
  if (started.code === 0) return ok(null);
  const lines = existsSync(cluster.logFile)
    ? readFileSync(cluster.logFile).subarray(logOffset).toString("utf8").split("\n")
    : [];
  const reason =
    lines.findLast((line) => line.includes("FATAL:")) ?? started.output.trim().split("\n").at(-1);
  return fail(
    `PostgreSQL did not start: ${(reason ?? "").replace(/^.*FATAL:\s*/, "")} (log: ${cluster.logFile})`,
  );
}

/**
 * Stops the server and waits until it has exited. Uses "fast" mode, which ends open sessions, and if that
 * fails "immediate" mode, which does not shut down cleanly.
 */
export async function stopServer({ cluster, binaries, runAs }: ServerDependencies): Promise<void> {
  const stop = (mode: string) =>
    runProgram(binaries.pgCtl, ["stop", "-w", "-t", "20", "-m", mode, "-D", cluster.dataFolder], runAs);
  if ((await stop("fast")).code !== 0) await stop("immediate");
}

/** Deletes the log if it is too long. Returns its length in bytes, where the next start's messages begin. */
function prepareLog(logFile: string): number {
  const size = existsSync(logFile) ? statSync(logFile).size : 0;
  if (size <= maxLogBytes) return size;
  rmSync(logFile);
  return 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no address")),
      );
    });
  });
}
