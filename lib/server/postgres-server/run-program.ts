import { spawn } from "node:child_process";
import { tmpdir } from "node:os";

/** A system user, by number; null when we are not root and everything runs as ourselves. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

export type ProgramResult = { readonly code: number | null; readonly output: string };

// PostgreSQL's messages are read by us, so they stay English; nothing of our own environment reaches it.
const environment = {
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  NODE_ENV: process.env.NODE_ENV,
  LC_ALL: "C",
  TZ: "UTC",
};

/**
 * Runs a program to its end and collects what it prints; a program that cannot be run at all has the code null.
 * It gets a process group of its own, so that Ctrl-C reaches only us.
 */
export function runProgram(program: string, args: readonly string[], as: RunAs): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...(as ?? {}),
      cwd: tmpdir(),
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}
