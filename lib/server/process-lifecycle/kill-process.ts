import type { Log } from "@/lib/infrastructure/log/log";

/** Milliseconds for the last log line to be written; lines are buffered for up to 100. */
const logWriteMs = 500;

/**
 * Kills this process with SIGKILL and never resolves. For a shutdown that cannot finish: `process.exit` waits
 * for worker threads, without a limit for one that is stuck in native code. The log line is written first.
 */
export function killProcess(log: Log, reason: string): Promise<never> {
  log.error({ reason }, "shutdown incomplete, process killed");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), logWriteMs);
  return new Promise(() => {});
}

/** Kills this process unless the returned function is called within `ms` milliseconds. */
export function killProcessAfter(ms: number, log: Log): () => void {
  const timer = setTimeout(() => void killProcess(log, `not finished after ${ms} ms`), ms);
  timer.unref();
  return () => clearTimeout(timer);
}
