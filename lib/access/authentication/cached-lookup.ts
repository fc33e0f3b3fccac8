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
 * Opens the key look-up of this process: reads keys from the database at `url` and caches them. A change in
 * any process takes effect within `maxStalenessMs`.
 */
export function openCachedKeyLookup(url: string, notifications: Notifications): CachedKeyLookup {
  const reader = openKeyReader(url);
  const cache = createKeyCache({ read: reader.read, isLeaseHeld: notifications.isLeaseHeld });
  const unsubscribe = notifications.subscribe({
    onNotification: cache.onNotification,
    onSubscribed: cache.clear,
  });
  return {
    lookup: cache.lookup,
    stats: cache.stats,
    close: () => {
      unsubscribe();
      return reader.close();
    },
  };
}
