import { LRUCache } from "lru-cache";
import { type Clock, maxStalenessMs, systemClock } from "@/lib/infrastructure/notifications/lease";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import { TimeoutError } from "@/lib/infrastructure/timeout";
import type { KeyLookup, StoredKey } from "./authenticate";

/** Maximum number of cached keys. Each takes about 0.5 kB of memory. */
const maxKeys = 50_000;

/**
 * Maximum number of cached unknown keys. They have a cache of their own, so that many unknown keys do not
 * evict stored ones.
 */
const maxNegativeEntries = 10_000;

/** Milliseconds for which an unknown key is cached. Its creation is notified and evicts it at once. */
const negativeTtlMs = 10_000;

export type KeyCacheStats = {
  /** Look-ups of stored keys answered from the cache. */
  readonly hits: number;
  /** Look-ups of unknown keys answered from the cache. */
  readonly negativeCacheHits: number;
  /** Look-ups that read the database or joined a read in flight. */
  readonly misses: number;
  /** Stored keys in the cache. */
  readonly keys: number;
};

export type KeyCache = {
  readonly lookup: KeyLookup;
  /** Evicts the keys that a notification reports as changed. */
  readonly onNotification: (notification: Notification) => void;
  readonly clear: () => void;
  readonly stats: () => KeyCacheStats;
};

type InFlightRead = {
  readonly startedAt: number;
  readonly result: Promise<StoredKey | null>;
  /** True if the key changed while it was being read. The result must then not be cached. */
  isStale: boolean;
};

type KeyCacheOptions = {
  readonly read: (hash: string) => Promise<StoredKey | null>;
  readonly isLeaseHeld: () => boolean;
  readonly clock?: Clock;
};

/**
 * Creates a cache of keys by hash. Cached keys are used only while the lease is held. Otherwise, and on a
 * cache miss, `read` is called. Concurrent look-ups of a key share one read.
 *
 * A cached key does not expire. A notification evicts it when it changes, and the lease (see `createLease`)
 * proves that no notification older than `maxStalenessMs` is missing. A read that took `maxStalenessMs` or
 * longer may be outdated, so its look-ups reject with `TimeoutError`, as if the database were unreachable.
 */
export function createKeyCache({ read, isLeaseHeld, clock = systemClock }: KeyCacheOptions): KeyCache {
  const keys = new LRUCache<string, StoredKey>({ max: maxKeys });
  const negativeEntries = new LRUCache<string, true>({ max: maxNegativeEntries, ttl: negativeTtlMs });
  const inFlightReads = new Map<string, InFlightRead>();
  let hits = 0;
  let negativeCacheHits = 0;
  let misses = 0;

  function lookup(hash: string): StoredKey | null | Promise<StoredKey | null> {
    if (isLeaseHeld()) {
      const cached = keys.get(hash);
      if (cached !== undefined) {
        hits += 1;
        return cached;
      }
      if (negativeEntries.has(hash)) {
        negativeCacheHits += 1;
        return null;
      }
    }
    misses += 1;
    return awaitRead(inFlightReads.get(hash) ?? startRead(hash));
  }

  async function awaitRead({ result, startedAt }: InFlightRead): Promise<StoredKey | null> {
    const key = await result;
    if (clock.monotonic() - startedAt >= maxStalenessMs) {
      throw new TimeoutError("Key lookup", maxStalenessMs);
    }
    return key;
  }

  function startRead(hash: string): InFlightRead {
    const inFlight: InFlightRead = { startedAt: clock.monotonic(), result: readAndStore(), isStale: false };
    inFlightReads.set(hash, inFlight);
    return inFlight;

    async function readAndStore(): Promise<StoredKey | null> {
      try {
        const key = await read(hash);
        // Also stored while no lease is held: before it is held again, a notification has evicted the key if
        // it changed, or the cache was cleared.
        if (!inFlight.isStale) store(hash, key);
        return key;
      } finally {
        inFlightReads.delete(hash);
      }
    }
  }

  function store(hash: string, key: StoredKey | null): void {
    if (key === null) negativeEntries.set(hash, true);
    else keys.set(hash, key);
  }

  function evict(hash: string): void {
    keys.delete(hash);
    negativeEntries.delete(hash);
    const inFlight = inFlightReads.get(hash);
    if (inFlight !== undefined) inFlight.isStale = true;
  }

  function clear(): void {
    keys.clear();
    negativeEntries.clear();
    for (const inFlight of inFlightReads.values()) inFlight.isStale = true;
  }

  return {
    lookup,
    onNotification: (notification) => {
      if (notification.kind === "key") evict(notification.hash);
      else if (notification.kind === "all_keys_deleted") clear();
    },
    clear,
    stats: () => ({ hits, negativeCacheHits, misses, keys: keys.size }),
  };
}
