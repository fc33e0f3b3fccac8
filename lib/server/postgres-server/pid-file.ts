import { readFileSync } from "node:fs";
import path from "node:path";

export type PidFile = {
  readonly pid: number;
  /** Null until the server has written it. */
  readonly port: number | null;
  readonly status: "starting" | "stopping" | "ready" | "unknown";
};

/**
 * Parses PostgreSQL's `postmaster.pid`: line 1 is the process id, line 4 the port, line 8 the status
 * (PostgreSQL, src/include/utils/pidfile.h). Null when the text is not a PID file.
 */
export function parsePidFile(text: string): PidFile | null {
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number(lines[3]);
  const status = lines[7]?.trim();
  return {
    pid,
    port: Number.isInteger(port) && port > 0 ? port : null,
    status: status === "starting" || status === "stopping" || status === "ready" ? status : "unknown",
  };
}

/** Reads the PID file of a data folder. Its process may have ended. Null when there is no file. */
export function readPidFile(dataFolder: string): PidFile | null {
  try {
    return parsePidFile(readFileSync(path.join(dataFolder, "postmaster.pid"), "utf8"));
  } catch {
    return null;
  }
}

/** True while a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
