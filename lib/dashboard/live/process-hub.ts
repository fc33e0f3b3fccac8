import type { Hub } from "./hub";

declare global {
  // Global, because the server sets it and Next's bundle reads it: each has its own instance of this module.
  var latchkeyLive: Hub | undefined;
}

/** Sets the hub of this process. */
export function setLiveHub(hub: Hub): void {
  globalThis.latchkeyLive = hub;
}

/** Returns the hub of this process. Null when none was opened, for example during a build. */
export function getLiveHub(): Hub | null {
  return globalThis.latchkeyLive ?? null;
}
