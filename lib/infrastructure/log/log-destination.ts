import { destination } from "pino";

/** Milliseconds that a line may wait for others. */
const flushIntervalMs = 100;

/** Bytes that are written without waiting for the interval, and at most in one write. */
const bufferBytes = 32 * 1024;
const writeBytes = 64 * 1024;

export type LogDestination = ReturnType<typeof destination>;

/**
 * Opens a file descriptor as a log destination that writes many lines at once: a system call for each line costs more
 * than the request it describes. Buffered lines are written when the process or the thread exits, however it does.
 */
export function openLogDestination(fd: number): LogDestination {
  const opened = destination({
    dest: fd,
    sync: false,
    minLength: bufferBytes,
    maxWrite: writeBytes,
    periodicFlush: flushIntervalMs,
  });
  // pino flushes at exit only on the main thread; the dashboard's thread has a log too.
  process.once("exit", () => opened.flushSync());
  return opened;
}
