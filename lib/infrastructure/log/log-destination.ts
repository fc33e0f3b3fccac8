import { destination } from "pino";

/** Maximum milliseconds for which a line is buffered. */
const flushIntervalMs = 100;

/** Once this many bytes are buffered, they are written without waiting for the interval. */
const bufferBytes = 32 * 1024;

/** Maximum bytes in one write. */
const maxWriteBytes = 64 * 1024;

export type LogDestination = ReturnType<typeof destination>;

/**
 * Opens a file descriptor as a buffered log destination, because one system call per line would cost more
 * than the request that the line describes. Buffered lines are written when the process or the thread exits,
 * also after an exception.
 */
export function openLogDestination(fd: number): LogDestination {
  const logDestination = destination({
    dest: fd,
    sync: false,
    minLength: bufferBytes,
    maxWrite: maxWriteBytes,
    periodicFlush: flushIntervalMs,
  });
  // pino flushes at exit on the main thread only. The dashboard's thread has a log too.
  process.once("exit", () => logDestination.flushSync());
  return logDestination;
}
