import type { Link } from "../signals/link";
import type { KeyLookup, KnownKey } from "./authenticate";
import { startHeart } from "./heart";
import { type CacheStats, keyCache } from "./key-cache";
import { openLease } from "./lease";

export type KnownKeys = {
  readonly lookup: KeyLookup;
  /** Is memory allowed to decide now? */
  readonly isLeased: () => boolean;
  readonly stats: () => CacheStats;
  readonly stop: () => void;
};

export type KnownKeysParts = {
  readonly link: Link;
  readonly read: (hash: Buffer) => Promise<KnownKey | null>;
  readonly carry: (message: string) => boolean;
};

/**
 * The keys of this process: remembered, and forgotten within the promise after a change anywhere. The cache, the lease
 * and the heart over the process's link.
 */
export function openKnownKeys({ link, read, carry }: KnownKeysParts): KnownKeys {
  const lease = openLease();
  const cache = keyCache({ read, lease });
  const heart = startHeart({ link, lease, carry });
  const leave = link.listen({
    onSignal: (signal) => {
      cache.hear(signal);
      heart.hear(signal);
    },
    onSubscribed: () => {
      cache.empty();
      lease.renew();
      heart.beat();
    },
  });
  return {
    lookup: cache.lookup,
    isLeased: lease.isHeld,
    stats: cache.stats,
    stop: () => {
      heart.stop();
      leave();
    },
  };
}
