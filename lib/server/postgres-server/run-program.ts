import { spawn } from "node:child_process";
import { tmpdir } from "node:os";

/** The ids of a system user; null for the current user. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

/** `code` is null when the program could not be run; `output` holds standard output and standard error. */
export type ProgramResult = { readonly code: number | null; readonly output: string };

// LC_ALL makes PostgreSQL's messages English, because this code parses them. No other variable is inherited.
const environment = {
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  NODE_ENV: process.env.NODE_ENV,
  LC_ALL: "C",
  TZ: "UTC",
};

/**
 * Runs a program to its end and returns its output. Never rejects. The program has its own process group, so
 * that Ctrl-C does not stop it.
 */
export function runProgram(program: string, args: readonly string[], runAs: RunAs): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...(runAs ?? {}),
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
