import { setTimeout as wait } from "node:timers/promises";

/**
 * Sends a request every `intervalMs`, also while earlier ones still wait for their answers, until the returned function
 * is called; that one resolves when the last answer is there.
 */
export function keepRequesting(intervalMs: number, send: () => Promise<unknown>): () => Promise<void> {
  const waiting = new Set<Promise<unknown>>();
  let isOver = false;
  const over = (async () => {
    while (!isOver) {
      const request = send().finally(() => waiting.delete(request));
      waiting.add(request);
      await wait(intervalMs);
    }
    await Promise.all(waiting);
  })();
  return () => {
    isOver = true;
    return over;
  };
}
