import type { Hub } from "./hub";

declare global {
  // Global, because the server that sets it and Next's bundle that reads it have separate module instances.
  var latchkeyLive: Hub | undefined;
}

/** Sets the hub of this process. */
export function setLiveHub(hub: Hub): void {
  globalThis.latchkeyLive = hub;
}

/** Returns the hub of this process. Null where none was opened, as during a build. */
export function getLiveHub(): Hub | null {
  return globalThis.latchkeyLive ?? null;
}
