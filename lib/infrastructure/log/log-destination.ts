/** Milliseconds that a line may wait for others, and characters that are written at once. */
const patience = 20;
const fullAt = 64 * 1024;

export type LineWriter = {
  readonly write: (line: string) => void;
  /** Writes what waits. */
  readonly flush: () => void;
};

/**
 * Gathers lines and writes them together, since a system call for each costs more than the request it tells of. Whatever
 * waits when the process exits, however it does, is written then: `write` must take it at once, as standard output does
 * for pipes, files and terminals (Node, "process I/O").
 */
export function gatherLines(write: (text: string) => void): LineWriter {
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === "") return;
    const text = waiting;
    waiting = "";
    write(text);
  }

  process.once("exit", flush);
  return {
    write: (line) => {
      waiting += line;
      if (waiting.length >= fullAt) flush();
      else timer ??= setTimeout(flush, patience).unref();
    },
    flush,
  };
}
