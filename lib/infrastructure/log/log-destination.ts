import { destination } from "pino";

/** Milliseconds for which a line is buffered at most. */
const flushIntervalMs = 100;

/** Buffered bytes that are written without waiting for the interval. */
const bufferBytes = 32 * 1024;

/** Most bytes in one write. */
const maxWriteBytes = 64 * 1024;

export type LogDestination = ReturnType<typeof destination>;

/**
 * Opens a file descriptor as a buffered log destination: one system call per line would cost more than the
 * request that the line describes. Buffered lines are flushed on every kind of exit of the process or thread.
 */
export function openLogDestination(fd: number): LogDestination {
  const opened = destination({
    dest: fd,
    sync: false,
    minLength: bufferBytes,
    maxWrite: maxWriteBytes,
    periodicFlush: flushIntervalMs,
  });
  // pino flushes at exit only on the main thread; the dashboard's thread has a log too.
  process.once("exit", () => opened.flushSync());
  return opened;
}
