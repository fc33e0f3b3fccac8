import type { Log } from "@/lib/infrastructure/log/log";

/** Milliseconds after which the process is killed without its last log line. */
const flushTimeoutMs = 1000;

/**
 * Kills this process and never resolves, for a shutdown that cannot finish: `process.exit` waits for worker threads, and so for ever
 * for one that is stuck in native code. Writes the log line first. Its exit code is that of SIGKILL.
 */
export function killProcess(log: Log, reason: string): Promise<never> {
  log.error({ reason }, "shutdown incomplete, process killed");
  const kill = () => process.kill(process.pid, "SIGKILL");
  log.flush(kill);
  // For a log that cannot be written.
  setTimeout(kill, flushTimeoutMs);
  return new Promise(() => {});
}

/** Kills this process unless the returned function is called within `ms` milliseconds. */
export function killProcessAfter(ms: number, log: Log): () => void {
  const timer = setTimeout(() => void killProcess(log, `not finished after ${ms} ms`), ms);
  timer.unref();
  return () => clearTimeout(timer);
}
