import { startHeart } from "./heart";
import { openLease } from "./lease";
import { openLink } from "./link";
import { readSignal, type Signal } from "./message";

export type Listener = {
  readonly onSignal: (signal: Signal) => void;
  /** A subscription is new, or resumed after a loss: whatever was told in between never arrives. */
  readonly onSubscribed: () => void;
};

export type Signals = {
  /** Returns how to stop. A listener that comes after the subscription is told of it at once. */
  readonly listen: (listener: Listener) => () => void;
  /** Has everything been heard that was committed up to a second ago? Only then may memory decide. */
  readonly isCurrent: () => boolean;
  /** Lets heartbeats ride on a write that is due; `carry` says false when none is. */
  readonly letBeatsRide: (carry: (message: string) => boolean) => void;
  readonly close: () => Promise<void>;
};

/**
 * What Postgres tells this process, and the proof that it hears: one per process. `onUnreachable` is called while not
 * even a new connection reaches the database.
 */
export function openSignals(url: string, onUnreachable: () => void = () => {}): Signals {
  const listeners = new Set<Listener>();
  const lease = openLease();
  let isSubscribed = false;
  let carry = (_: string) => false;

  const link = openLink({
    url,
    onMessage: (message) => {
      const signal = readSignal(message);
      if (signal === null) return;
      for (const { onSignal } of listeners) onSignal(signal);
      heart.hear(signal);
    },
    onSubscribed: () => {
      isSubscribed = true;
      // First everybody forgets, then heartbeats count again.
      for (const { onSubscribed } of listeners) onSubscribed();
      lease.renew();
      heart.beat();
    },
  });
  const heart = startHeart({ link, lease, carry: (message) => carry(message), onUnreachable });

  return {
    listen: (listener) => {
      listeners.add(listener);
      if (isSubscribed) listener.onSubscribed();
      return () => listeners.delete(listener);
    },
    isCurrent: lease.isHeld,
    letBeatsRide: (rider) => {
      carry = rider;
    },
    close: () => {
      heart.stop();
      listeners.clear();
      return link.close();
    },
  };
}
