import type { Notifications } from "@/lib/infrastructure/notifications/notifications";
import type { KeyLookup } from "./authenticate";
import { createKeyCache, type KeyCacheStats } from "./key-cache";
import { openKeyReader } from "./key-reader";

export type CachedKeyLookup = {
  readonly lookup: KeyLookup;
  readonly stats: () => KeyCacheStats;
  readonly close: () => Promise<void>;
};

/**
 * The keys of this process, read from the database at `url`: remembered, and forgotten within the promise after a
 * change anywhere.
 */
export function openCachedKeyLookup(url: string, signals: Notifications): CachedKeyLookup {
  const reader = openKeyReader(url);
  const cache = createKeyCache({ read: reader.read, isLeaseHeld: signals.isLeaseHeld });
  const stop = signals.subscribe({ onNotification: cache.onNotification, onSubscribed: cache.clear });
  return {
    lookup: cache.lookup,
    stats: cache.stats,
    close: () => {
      stop();
      return reader.close();
    },
  };
}
