/**
 * How old, in milliseconds, may be what a request is decided by. It is the product's promise: a key is refused
 * everywhere at most this long after its deletion was committed, whatever breaks.
 */
export const maxStalenessMs = 1000;

export type Clock = {
  /** Milliseconds; never goes back, and runs on while the process is stopped. */
  readonly monotonic: () => number;
  /** Milliseconds since 1970; also runs while the whole machine sleeps, when the other may not. */
  readonly wall: () => number;
};

export const systemClock: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

export type Lease = {
  /** A new subscription: no heartbeat sent before it counts any more. Empty what was remembered before calling it. */
  readonly reset: () => void;
  /** Notes that a heartbeat is being sent now; returns its number. */
  readonly heartbeatSent: () => number;
  /** A heartbeat of ours came back. */
  readonly heartbeatReceived: (beat: number) => void;
  /** May what is remembered decide a request now? */
  readonly isHeld: () => boolean;
  /** Milliseconds since a heartbeat last came back, or since the start. */
  readonly msSinceHeartbeat: () => number;
};

type SentHeartbeat = { readonly number: number; readonly monotonic: number; readonly wall: number };

// Heartbeats that are on their way at once: a link so slow that it has more is no use.
const maxInFlight = 8;

/**
 * The right to decide by memory. Notifications arrive in the order of the commits, so a heartbeat of our own that was
 * sent at time t and has come back proves that every change committed before t has been heard; memory may then decide
 * until t + `promisedMilliseconds`. Without a heartbeat there is no lease: the zero value.
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
    heartbeatReceived: (beat) => {
      const at = inFlight.findIndex((sent) => sent.number === beat);
      if (at === -1) return;
      lastReceived = inFlight[at] ?? null;
      // Those sent before it prove less.
      inFlight = inFlight.slice(at + 1);
      lastReceivedAt = clock.monotonic();
    },
    isHeld: () =>
      lastReceived !== null &&
      clock.monotonic() - lastReceived.monotonic < maxStalenessMs &&
      clock.wall() - lastReceived.wall < maxStalenessMs,
    msSinceHeartbeat: () => clock.monotonic() - lastReceivedAt,
  };
}
