import { setTimeout as wait } from "node:timers/promises";

/**
 * Sends a request every `intervalMs` milliseconds, without waiting for earlier responses, until the returned
 * function is called. That function resolves after the last response.
 */
export function keepRequesting(intervalMs: number, send: () => Promise<unknown>): () => Promise<void> {
  const pending = new Set<Promise<unknown>>();
  let isStopped = false;
  const finished = (async () => {
    while (!isStopped) {
      const request = send().finally(() => pending.delete(request));
      pending.add(request);
      await wait(intervalMs);
    }
    await Promise.all(pending);
  })();
  return () => {
    isStopped = true;
    return finished;
  };
}
