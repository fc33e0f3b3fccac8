/** Milliseconds between looks at the parent. */
const parentPollMs = 300;

export type StopSignals = {
  /** Resolves when somebody wants this process to end. */
  readonly requested: Promise<void>;
  /** Resolves when it shall end without waiting for anything that can be cut. */
  readonly forced: Promise<void>;
};

/**
 * Who wants the process to end: SIGTERM or the end of the npm that started us, since npm passes no SIGTERM on, and in a
 * hurry Ctrl-C, a closed terminal or any second signal.
 */
export function stopSignals(): StopSignals {
  let ask = () => {};
  let hurry = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const hurried = new Promise<void>((resolve) => {
    hurry = resolve;
  });
  let signals = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      signals += 1;
      ask();
      if (signal !== "SIGTERM" || signals > 1) hurry();
    });
  }
  if (process.env.npm_lifecycle_event !== undefined) watchParent(ask);
  return { requested: asked, forced: hurried };
}

function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onGone();
  }, parentPollMs);
  watch.unref();
}
