import { setTimeout as wait } from "node:timers/promises";
import type { StopSignals } from "./stop-signals";

export type DrainState = {
  /** True once a stop has been requested. */
  readonly isDraining: () => boolean;
  /** Resolves when the drain is over: after its time, or at once when the stop is forced. */
  readonly completed: Promise<void>;
};

/**
 * Starts a drain when a stop is requested: for `seconds` the process still handles requests but reports that
 * it is not ready. A load balancer then sends new requests to other processes before this one closes its
 * port.
 */
export function drainOnStop(stopSignals: StopSignals, seconds: number): DrainState {
  let isDraining = false;
  async function drain(): Promise<void> {
    await stopSignals.requested;
    isDraining = true;
    const timer = new AbortController();
    await Promise.race([wait(seconds * 1000, undefined, { signal: timer.signal }), stopSignals.forced]);
    timer.abort();
  }
  return { isDraining: () => isDraining, completed: drain() };
}
