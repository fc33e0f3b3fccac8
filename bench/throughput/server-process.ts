import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { z } from "zod";
import type { ServerKind } from "./variants";

/** What the process has used so far, in microseconds: in its own code, and in the kernel for it. */
export type CpuTime = { readonly user: number; readonly system: number };

export type ServerProcess = {
  readonly url: string;
  readonly cpuTime: () => Promise<CpuTime>;
  readonly stop: () => Promise<void>;
};

const program = path.join(import.meta.dirname, "sample-server.ts");

/** Starts one kind of server in a process of its own. What it logs goes through a pipe, unread. */
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
  const { port } = z.object({ port: z.number() }).parse(await answerOf(child));
  return {
    url: `http://127.0.0.1:${port}`,
    cpuTime: async () => {
      const answer = answerOf(child);
      child.send("cpu");
      return z.object({ user: z.number(), system: z.number() }).parse(await answer);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The server ended (${code})`));
    child.once("exit", onExit);
    child.once("message", (message: unknown) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}
