/** Milliseconds between two checks of whether the parent process still runs. */
const parentPollMs = 300;

export type StopSignals = {
  /** Resolves when the process should stop. */
  readonly requested: Promise<void>;
  /** Resolves when the process should stop without draining. */
  readonly forced: Promise<void>;
};

/**
 * Starts to watch for requests to stop: SIGTERM, SIGINT (Ctrl-C), SIGHUP (a closed terminal) or, under npm,
 * the end of the npm process, which does not forward SIGTERM. A stop is forced by SIGINT, SIGHUP or any
 * second signal.
 */
export function watchStopSignals(): StopSignals {
  let resolveRequested = () => {};
  let resolveForced = () => {};
  const requested = new Promise<void>((resolve) => {
    resolveRequested = resolve;
  });
  const forced = new Promise<void>((resolve) => {
    resolveForced = resolve;
  });
  let received = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      received += 1;
      resolveRequested();
      if (signal !== "SIGTERM" || received > 1) resolveForced();
    });
  }
  if (process.env.npm_lifecycle_event !== undefined) watchParent(resolveRequested);
  return { requested, forced };
}

function watchParent(onExit: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onExit();
  }, parentPollMs);
  timer.unref();
}
