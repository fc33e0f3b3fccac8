import type { NotificationListener } from "@/lib/infrastructure/notifications/notification-listener";
import type { KeyLookup } from "./authenticate";
import { createKeyCache, type KeyCacheStats } from "./key-cache";
import { openKeyReader } from "./key-reader";

export type CachedKeyLookup = {
  readonly lookup: KeyLookup;
  readonly stats: () => KeyCacheStats;
  readonly close: () => Promise<void>;
};

/**
 * Opens the key look-up of this process. Reads keys from the database at `url` and caches them. A change
 * takes effect within `maxStalenessMs`, whichever process makes it. `prepare` as in `openKeyReader`.
 */
export function openCachedKeyLookup(
  url: string,
  notifications: NotificationListener,
  { prepare = false }: { readonly prepare?: boolean } = {},
): CachedKeyLookup {
  const reader = openKeyReader(url, { prepare });
  const cache = createKeyCache({ read: reader.read, isLeaseHeld: notifications.isLeaseHeld });
  const unsubscribe = notifications.subscribe({
    onNotification: cache.onNotification,
    onListening: cache.clear,
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
