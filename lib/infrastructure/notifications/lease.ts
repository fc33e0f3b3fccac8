/**
 * The revocation bound in milliseconds: the maximum age of the data that a request is decided by. A key is
 * rejected in every process at most this long after its deletion was committed, whatever fails.
 */
export const maxStalenessMs = 1000;

export type Clock = {
  /** Milliseconds. Never goes back; continues while the process is suspended. */
  readonly monotonic: () => number;
  /** Milliseconds since 1970. Also advances while the machine sleeps, when the monotonic clock may stop. */
  readonly wall: () => number;
};

export const systemClock: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

export type Lease = {
  /**
   * Ends the lease on a new subscription; heartbeats sent before it no longer count. Clear cached data first.
   */
  readonly reset: () => void;
  /** Records that a heartbeat is being sent now. Returns its number. */
  readonly heartbeatSent: () => number;
  /** Records that this process has received its heartbeat of this number. Unknown numbers are ignored. */
  readonly heartbeatReceived: (number: number) => void;
  /** True while cached data may decide a request. */
  readonly isHeld: () => boolean;
  /** Milliseconds since a heartbeat was last received, or since the start. */
  readonly msSinceHeartbeat: () => number;
};

type SentHeartbeat = { readonly number: number; readonly monotonic: number; readonly wall: number };

// Heartbeats in flight. A connection slow enough to need more could not keep the lease anyway.
const maxInFlight = 8;

/**
 * Opens the lease: the permission to decide requests by cached data. Notifications arrive in commit order. A
 * heartbeat that this process sent at time t and has received proves that every change committed before t has
 * been received. Cached data may then be used until t + `maxStalenessMs`. No lease is held before the first
 * heartbeat is received.
 */
export function openLease(clock: Clock = systemClock): Lease {
  let inFlight: SentHeartbeat[] = [];
  let lastReceived: SentHeartbeat | null = null;
  let lastNumber = 0;
  let lastReceivedAt = clock.monotonic();

  return {
    reset: () => {
      inFlight = [];
      lastReceived = null;
    },
    heartbeatSent: () => {
      lastNumber += 1;
      inFlight.push({ number: lastNumber, monotonic: clock.monotonic(), wall: clock.wall() });
      if (inFlight.length > maxInFlight) inFlight.shift();
      return lastNumber;
    },
    heartbeatReceived: (number) => {
      const index = inFlight.findIndex((sent) => sent.number === number);
      if (index === -1) return;
      lastReceived = inFlight[index] ?? null;
      // Heartbeats sent earlier prove less.
      inFlight = inFlight.slice(index + 1);
      lastReceivedAt = clock.monotonic();
    },
    isHeld: () =>
      lastReceived !== null &&
      clock.monotonic() - lastReceived.monotonic < maxStalenessMs &&
      clock.wall() - lastReceived.wall < maxStalenessMs,
    msSinceHeartbeat: () => clock.monotonic() - lastReceivedAt,
  };
}
