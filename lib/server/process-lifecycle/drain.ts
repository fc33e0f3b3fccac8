import { setTimeout as wait } from "node:timers/promises";
import type { StopSignals } from "./stop-signals";

export type Drain = {
  readonly isDraining: () => boolean;
  /** Resolves when the process has served as long as it should after it was asked to end. */
  readonly completed: Promise<void>;
};

/**
 * The time between being asked to end and ending, in which a process serves on and says that it is not ready: a load
 * balancer then turns to others before anybody is refused.
 */
export function openDrain(stop: StopSignals, seconds: number): Drain {
  let isDraining = false;
  async function drain(): Promise<void> {
    await stop.requested;
    isDraining = true;
    const enough = new AbortController();
    await Promise.race([wait(seconds * 1000, undefined, { signal: enough.signal }), stop.forced]);
    enough.abort();
  }
  return { isDraining: () => isDraining, completed: drain() };
}
