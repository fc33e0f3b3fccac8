import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Binaries } from "./binaries";
import type { Cluster, ClusterOptions } from "./cluster";
import { type RunAs, runProgram } from "./run-program";

/** What it takes to start and stop one cluster's server. */
export type ServerDependencies = {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly as: RunAs;
};

/** Seconds for a start: crash recovery after a hard stop is part of it. */
const startTimeoutSeconds = 60;
const maxLogBytes = 1024 * 1024;

/** Starts the server of a cluster on a free port of 127.0.0.1. The failure is PostgreSQL's own reason, in a sentence. */
export async function startServer(
  { cluster, binaries, as }: ServerDependencies,
  { durable }: ClusterOptions,
): Promise<Result<null, string>> {
  const before = prepareLog(cluster.log);
  const settings = [
    "listen_addresses=127.0.0.1",
    // A stale lock file of the socket blocks a start.
    "unix_socket_directories=",
    "max_connections=100",
    // Below LOG come only refused statements, whose words may hold what people typed.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  const options = [`-p ${await freePort()}`, ...settings.map((setting) => `-c ${setting}`)].join(" ");
  const started = await runProgram(
    binaries.pgCtl,
    ["start", "-w", "-t", `${startTimeoutSeconds}`, "-D", cluster.data, "-l", cluster.log, "-o", options],
    as,
  );
  if (started.code === 0) return ok(null);
  const lines = existsSync(cluster.log)
    ? readFileSync(cluster.log).subarray(before).toString("utf8").split("\n")
    : [];
  const reason =
    lines.findLast((line) => line.includes("FATAL:")) ?? started.output.trim().split("\n").at(-1);
  return fail(
    `PostgreSQL did not start: ${(reason ?? "").replace(/^.*FATAL:\s*/, "")} (its log is ${cluster.log})`,
  );
}

/** Stops the server and waits until its files are closed: open sessions end now, and at worst without a farewell. */
export async function stopServer({ cluster, binaries, as }: ServerDependencies): Promise<void> {
  const stop = (mode: string) =>
    runProgram(binaries.pgCtl, ["stop", "-w", "-t", "20", "-m", mode, "-D", cluster.data], as);
  if ((await stop("fast")).code !== 0) await stop("immediate");
}

/** Length of the log so far, in bytes; a long one starts anew. */
function prepareLog(log: string): number {
  const size = existsSync(log) ? statSync(log).size : 0;
  if (size <= maxLogBytes) return size;
  rmSync(log);
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
