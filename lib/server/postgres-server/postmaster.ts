import { readFileSync } from "node:fs";
import path from "node:path";
import { runProgram } from "./run-program";

/**
 * True when the process is the PostgreSQL server of the data folder. Null (unknown) when its command line
 * cannot be read: on Windows, or of a hidden process. False for a zombie process, whose command line is
 * empty.
 */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean | null> {
  const args = await readCommandLine(pid);
  if (args === null) return null;
  return args.some((arg) => path.basename(arg) === "postgres") && args.includes(dataFolder);
}

async function readCommandLine(pid: number): Promise<string[] | null> {
  if (process.platform === "win32") return null;
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    } catch {
      return null;
    }
  }
  const listed = await runProgram("ps", ["-o", "command=", "-p", String(pid)], null);
  return listed.code === 0 ? listed.output.trim().split(" ") : null;
}
