/**
 * The revocation bound: the maximum age, in milliseconds, of the data that a request is authorized from.
 * Every process therefore rejects a deleted key at most this long after the deletion was committed, whatever
 * fails.
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
   * Ends the lease. Heartbeats sent before this call no longer count. Call it each time the process starts to
   * listen, after clearing the cached data.
   */
  readonly reset: () => void;
  /** Records that a heartbeat is sent now. Returns its number. */
  readonly recordSent: () => number;
  /** Records that this process has received its heartbeat of this number. Unknown numbers are ignored. */
  readonly recordReceived: (number: number) => void;
  /** True while requests may be authorized from cached data. */
  readonly isHeld: () => boolean;
  /** Milliseconds since a heartbeat was last received, or since the lease was created. */
  readonly msSinceHeartbeat: () => number;
};

type SentHeartbeat = {
  readonly number: number;
  readonly sentAtMonotonic: number;
  readonly sentAtWall: number;
};

/**
 * Maximum number of heartbeats in flight. Eight are sent in about four seconds. A heartbeat sent before those
 * is too old to renew the lease, so it can be forgotten.
 */
const maxInFlight = 8;

/**
 * Creates the lease: the permission to authorize requests from cached data. Notifications arrive in commit
 * order. A heartbeat that this process sent at time t and has received proves that the notifications of all
 * changes committed before t have been received. Cached data may then be used until t + `maxStalenessMs`. The
 * lease is not held until the first heartbeat is received.
 */
export function createLease(clock: Clock = systemClock): Lease {
  let inFlight: SentHeartbeat[] = [];
  let newestReceived: SentHeartbeat | null = null;
  let lastNumber = 0;
  let lastReceiptAt = clock.monotonic();

  return {
    reset: () => {
      inFlight = [];
      newestReceived = null;
    },
    recordSent: () => {
      lastNumber += 1;
      inFlight.push({ number: lastNumber, sentAtMonotonic: clock.monotonic(), sentAtWall: clock.wall() });
      if (inFlight.length > maxInFlight) inFlight.shift();
      return lastNumber;
    },
    recordReceived: (number) => {
      const index = inFlight.findIndex((sent) => sent.number === number);
      if (index === -1) return;
      newestReceived = inFlight[index] ?? null;
      // Drops the heartbeats sent earlier too: receiving one of them later must not shorten the lease.
      inFlight = inFlight.slice(index + 1);
      lastReceiptAt = clock.monotonic();
    },
    isHeld: () =>
      newestReceived !== null &&
      clock.monotonic() - newestReceived.sentAtMonotonic < maxStalenessMs &&
      clock.wall() - newestReceived.sentAtWall < maxStalenessMs,
    msSinceHeartbeat: () => clock.monotonic() - lastReceiptAt,
  };
}
