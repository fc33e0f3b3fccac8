/** Milliseconds between two checks whether the parent process is still running. */
const parentPollMs = 300;

export type StopSignals = {
  /** Resolves when the process should stop. */
  readonly requested: Promise<void>;
  /** Resolves when the process should stop without draining. */
  readonly forced: Promise<void>;
};

/**
 * Watches for requests to stop: SIGTERM, SIGINT (Ctrl-C) and SIGHUP (a closed terminal). When npm started the
 * process, the end of npm counts too, because npm does not forward SIGTERM. SIGINT, SIGHUP and any second
 * signal force the stop.
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
  let signalCount = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      signalCount += 1;
      resolveRequested();
      if (signal !== "SIGTERM" || signalCount > 1) resolveForced();
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
