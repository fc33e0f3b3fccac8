/** Milliseconds between looks at the parent. */
const parentInterval = 300;

/**
 * Resolves when somebody wants this process to end: Ctrl-C, SIGTERM, a closed terminal, or the end of the npm that
 * started us, since npm passes no SIGTERM on. Later signals change nothing: Ctrl-C reaches us from the terminal and
 * from npm.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      resolve();
    }, parentInterval);
    watch.unref();
  });
}
