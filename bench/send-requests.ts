import { setTimeout as wait } from "node:timers/promises";

const maxConcurrentRequests = 32;

/**
 * Sends `requests` requests as fast as possible, or spread evenly over `seconds`. Throws if a status is not
 * 200, because the result would measure something else.
 */
export async function sendRequests(
  requests: number,
  send: () => Promise<number | null>,
  seconds = 0,
): Promise<void> {
  const started = performance.now();
  let sent = 0;
  async function sendInTurn(): Promise<void> {
    while (sent < requests) {
      const due = started + (sent / requests) * seconds * 1000;
      sent += 1;
      if (due > performance.now()) await wait(due - performance.now());
      const status = await send();
      if (status !== 200) throw new Error(`Expected status 200, got ${status}`);
    }
  }
  await Promise.all(Array.from({ length: maxConcurrentRequests }, sendInTurn));
}
