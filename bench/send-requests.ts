import { setTimeout as wait } from "node:timers/promises";

/** Requests under way at once. */
const maxConcurrentRequests = 32;

/**
 * Sends so many requests and wants each answered with 200; as fast as they go, or spread over `seconds`. Throws when an
 * answer is another: it would measure something else.
 */
export async function sendRequests(
  requests: number,
  send: () => Promise<number | null>,
  seconds = 0,
): Promise<void> {
  const started = performance.now();
  let sent = 0;
  async function line(): Promise<void> {
    while (sent < requests) {
      const due = started + (sent / requests) * seconds * 1000;
      sent += 1;
      if (due > performance.now()) await wait(due - performance.now());
      const status = await send();
      if (status !== 200) throw new Error(`Answered with ${status}, not 200`);
    }
  }
  await Promise.all(Array.from({ length: maxConcurrentRequests }, line));
}
