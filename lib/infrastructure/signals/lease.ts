/**
 * How old, in milliseconds, may be what a request is decided by. It is the product's promise: a key is refused
 * everywhere at most this long after its deletion was committed, whatever breaks.
 */
export const promisedMilliseconds = 1000;

export type Clock = {
  /** Milliseconds; never goes back, and runs on while the process is stopped. */
  readonly monotonic: () => number;
  /** Milliseconds since 1970; also runs while the whole machine sleeps, when the other may not. */
  readonly wall: () => number;
};

export const systemClock: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

export type Lease = {
  /** A new subscription: no heartbeat sent before it counts any more. Empty what was remembered before calling it. */
  readonly renew: () => void;
  /** Notes that a heartbeat is being sent now; returns its number. */
  readonly beat: () => number;
  /** A heartbeat of ours came back. */
  readonly hear: (beat: number) => void;
  /** May what is remembered decide a request now? */
  readonly isHeld: () => boolean;
  /** Milliseconds since a heartbeat last came back, or since the start. */
  readonly silence: () => number;
};

type Sent = { readonly beat: number; readonly monotonic: number; readonly wall: number };

// Heartbeats that are on their way at once: a link so slow that it has more is no use.
const mostUnderWay = 8;

/**
 * The right to decide by memory. Notifications arrive in the order of the commits, so a heartbeat of our own that was
 * sent at time t and has come back proves that every change committed before t has been heard; memory may then decide
 * until t + `promisedMilliseconds`. Without a heartbeat there is no lease: the zero value.
 */
export function openLease(clock: Clock = systemClock): Lease {
  let underWay: Sent[] = [];
  let proven: Sent | null = null;
  let last = 0;
  let heardAt = clock.monotonic();

  return {
    renew: () => {
      underWay = [];
      proven = null;
    },
    beat: () => {
      last += 1;
      underWay.push({ beat: last, monotonic: clock.monotonic(), wall: clock.wall() });
      if (underWay.length > mostUnderWay) underWay.shift();
      return last;
    },
    hear: (beat) => {
      const at = underWay.findIndex((sent) => sent.beat === beat);
      if (at === -1) return;
      proven = underWay[at] ?? null;
      // Those sent before it prove less.
      underWay = underWay.slice(at + 1);
      heardAt = clock.monotonic();
    },
    isHeld: () =>
      proven !== null &&
      clock.monotonic() - proven.monotonic < promisedMilliseconds &&
      clock.wall() - proven.wall < promisedMilliseconds,
    silence: () => clock.monotonic() - heardAt,
  };
}
