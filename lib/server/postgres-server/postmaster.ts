import { readFileSync } from "node:fs";
import path from "node:path";
import { runProgram } from "./run-program";

/**
 * Is this process the PostgreSQL server of that data folder? Null where the system does not tell (Windows, a hidden
 * process). A dead process that nobody has collected yet has no command line and is none.
 */
export async function isPostmasterOf(pid: number, data: string): Promise<boolean | null> {
  const words = await commandOf(pid);
  if (words === null) return null;
  return words.some((word) => path.basename(word) === "postgres") && words.includes(data);
}

async function commandOf(pid: number): Promise<string[] | null> {
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
