import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { z } from "zod";
import type { ServerKind } from "./variants";

/** CPU time since the start of the process in microseconds, in user mode and in the kernel. */
export type CpuTime = { readonly user: number; readonly system: number };

export type ServerProcess = {
  readonly url: string;
  readonly cpuTime: () => Promise<CpuTime>;
  readonly stop: () => Promise<void>;
};

const program = path.join(import.meta.dirname, "sample-server.ts");

/** Starts a server in a new process. Its log is written to a pipe and discarded. */
export async function startServer(
  kind: ServerKind,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const child = fork(program, [kind], {
    execArgv: ["--import", "tsx", ...(process.env.BENCH_NODE_OPTIONS?.split(" ") ?? [])],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  child.stdout?.resume();
  const { port } = z.object({ port: z.number() }).parse(await nextMessage(child));
  return {
    url: `http://127.0.0.1:${port}`,
    cpuTime: async () => {
      const reply = nextMessage(child);
      child.send("cpu");
      return z.object({ user: z.number(), system: z.number() }).parse(await reply);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** Resolves with the next message of the process. Rejects when it exits. */
function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The server exited with code ${code}`));
    child.once("exit", onExit);
    child.once("message", (message: unknown) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}
