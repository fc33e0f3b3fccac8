import { startHeart } from "./heart";
import { openLease } from "./lease";
import { openLink } from "./link";
import { readSignal, type Signal } from "./message";

export type Listener = {
  /** `message` is the signal as it was told, for who passes it on. */
  readonly onSignal?: (signal: Signal, message: string) => void;
  /** A subscription is new, or resumed after a loss: whatever was told in between never arrives. */
  readonly onSubscribed?: () => void;
  /** Not even a new connection reaches the database; said again and again while that is so. */
  readonly onUnreachable?: () => void;
};

export type Hearing = {
  /** Returns how to stop. A listener that comes after the subscription is told of it at once. */
  readonly listen: (listener: Listener) => () => void;
  /** Has everything been heard that was committed up to a second ago? Only then may memory decide. */
  readonly isCurrent: () => boolean;
};

export type Signals = Hearing & {
  /** Lets heartbeats ride on a write that is due; `carry` says false when none is. */
  readonly letBeatsRide: (carry: (message: string) => boolean) => void;
  readonly close: () => Promise<void>;
};

/** What Postgres tells this process, and the proof that it hears: one per process. */
export function openSignals(url: string): Signals {
  const listeners = new Set<Listener>();
  const lease = openLease();
  let isSubscribed = false;
  let carry = (_: string) => false;

  const link = openLink({
    url,
    onMessage: (message) => {
      const signal = readSignal(message);
      if (signal === null) return;
      for (const { onSignal } of listeners) onSignal?.(signal, message);
      heart.hear(signal);
    },
    onSubscribed: () => {
      isSubscribed = true;
      // First everybody forgets, then heartbeats count again.
      for (const { onSubscribed } of listeners) onSubscribed?.();
      lease.renew();
      heart.beat();
    },
  });
  const heart = startHeart({
    link,
    lease,
    carry: (message) => carry(message),
    onUnreachable: () => {
      for (const { onUnreachable } of listeners) onUnreachable?.();
    },
  });

  return {
    listen: (listener) => {
      listeners.add(listener);
      if (isSubscribed) listener.onSubscribed?.();
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
