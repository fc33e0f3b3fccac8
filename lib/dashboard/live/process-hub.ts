import type { Hub } from "./hub";

declare global {
  // Made by the server, asked by Next's bundle: two module instances of one process.
  var latchkeyLive: Hub | undefined;
}

/** Makes the hub the one that the pages' route finds. */
export function setLiveHub(hub: Hub): void {
  globalThis.latchkeyLive = hub;
}

/** Null where nothing listens, as during a build. */
export function getLiveHub(): Hub | null {
  return globalThis.latchkeyLive ?? null;
}
