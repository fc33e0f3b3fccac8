import type { Signals } from "@/lib/infrastructure/signals/signals";
import type { KeyLookup } from "./authenticate";
import { type CacheStats, keyCache } from "./key-cache";
import { keyReader } from "./key-reader";

export type KnownKeys = {
  readonly lookup: KeyLookup;
  readonly stats: () => CacheStats;
  readonly close: () => Promise<void>;
};

/**
 * The keys of this process, read from the database at `url`: remembered, and forgotten within the promise after a
 * change anywhere.
 */
export function openKnownKeys(url: string, signals: Signals): KnownKeys {
  const reader = keyReader(url);
  const cache = keyCache({ read: reader.read, isCurrent: signals.isCurrent });
  const stop = signals.listen({ onSignal: cache.hear, onSubscribed: cache.empty });
  return {
    lookup: cache.lookup,
    stats: cache.stats,
    close: () => {
      stop();
      return reader.close();
    },
  };
}
