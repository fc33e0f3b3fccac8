import { setTimeout as wait } from "node:timers/promises";
import type { StopSignals } from "./stop-signals";

export type Drain = {
  /** True once a stop has been requested. */
  readonly isDraining: () => boolean;
  /** Resolves when the drain time after the stop request is over, or when the stop is forced. */
  readonly completed: Promise<void>;
};

/**
 * Drains the process after a stop request: for `seconds` it still answers requests but reports that it is not
 * ready, so that a load balancer moves its clients to other processes before this one closes its port.
 */
export function openDrain(stop: StopSignals, seconds: number): Drain {
  let isDraining = false;
  async function drain(): Promise<void> {
    await stop.requested;
    isDraining = true;
    const timer = new AbortController();
    await Promise.race([wait(seconds * 1000, undefined, { signal: timer.signal }), stop.forced]);
    timer.abort();
  }
  return { isDraining: () => isDraining, completed: drain() };
}
