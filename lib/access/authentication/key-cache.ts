import { LRUCache } from "lru-cache";
import { type Clock, maxStalenessMs, systemClock } from "@/lib/infrastructure/notifications/lease";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import { TimeoutError } from "@/lib/infrastructure/timeout";
import type { KeyLookup, StoredKey } from "./authenticate";

/** Maximum number of cached keys; about 0.5 kB each. */
const maxKeys = 50_000;

/**
 * Maximum number of cached unknown keys. Cached separately, so that many unknown keys do not evict stored
 * ones.
 */
const maxNegativeEntries = 10_000;
/** Milliseconds for which an unknown key is cached. */
const negativeTtlMs = 10_000;

export type KeyCacheStats = {
  /** Look-ups answered from the cache: stored keys, and unknown keys. */
  readonly hits: number;
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
  /** The key changed while it was being read: the result must not be cached. */
  isStale: boolean;
};

type KeyCacheOptions = {
  readonly read: (hash: string) => Promise<StoredKey | null>;
  readonly isLeaseHeld: () => boolean;
  readonly clock?: Clock;
};

/**
 * Creates a cache of keys by hash. Cached keys are used only while the lease is held. Otherwise, and on a
 * cache miss, `read` is called; concurrent look-ups of a key share one read. Data older than `maxStalenessMs`
 * is never used: a read that took longer rejects with `TimeoutError`, as if the database were unreachable.
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
    const inFlight: InFlightRead = { startedAt: clock.monotonic(), result: readOnce(), isStale: false };
    inFlightReads.set(hash, inFlight);
    return inFlight;

    async function readOnce(): Promise<StoredKey | null> {
      try {
        const key = await read(hash);
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
      else if (notification.kind === "keys_gone") clear();
    },
    clear,
    stats: () => ({ hits, negativeCacheHits, misses, keys: keys.size }),
  };
}
