import { LRUCache } from "lru-cache";
import { type Clock, maxStalenessMs, systemClock } from "@/lib/infrastructure/notifications/lease";
import type { Notification } from "@/lib/infrastructure/notifications/notification";
import { TimedOutError } from "@/lib/infrastructure/timeout";
import type { KeyLookup, StoredKey } from "./authenticate";

/** Keys a process remembers; about 0.5 kB each. */
const maxKeys = 50_000;

/** Unknown keys a process remembers, apart from the others: a flood of them must not push those out. */
const maxNegativeEntries = 10_000;
const negativeTtlMs = 10_000;

export type KeyCacheStats = {
  /** Look-ups answered from memory, by what they found. */
  readonly hits: number;
  readonly negativeCacheHits: number;
  /** Look-ups that asked the database, or waited for one that did. */
  readonly misses: number;
  readonly keys: number;
};

export type KeyCache = {
  readonly lookup: KeyLookup;
  /** Forgets what a signal says has changed. */
  readonly onNotification: (signal: Notification) => void;
  readonly clear: () => void;
  readonly stats: () => KeyCacheStats;
};

type InFlightRead = {
  readonly startedAt: number;
  readonly result: Promise<StoredKey | null>;
  /** Something about the key changed while it was being read: the answer is not remembered. */
  isStale: boolean;
};

type KeyCacheOptions = {
  readonly read: (hash: string) => Promise<StoredKey | null>;
  /** Is the lease held? */
  readonly isLeaseHeld: () => boolean;
  readonly clock?: Clock;
};

/**
 * Remembers what keys are, from their hash. Memory decides only under the lease; otherwise, and for what is not
 * remembered, `read` does, once per key however many wait. Nothing older than the promise decides anything: an answer
 * that took longer is thrown away with an error, as when the database cannot be reached.
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
      const known = keys.get(hash);
      if (known !== undefined) {
        hits += 1;
        return known;
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
    const known = await result;
    if (clock.monotonic() - startedAt >= maxStalenessMs) {
      throw new TimedOutError("Reading a key", maxStalenessMs);
    }
    return known;
  }

  function startRead(hash: string): InFlightRead {
    const flight: InFlightRead = { startedAt: clock.monotonic(), result: readOnce(), isStale: false };
    inFlightReads.set(hash, flight);
    return flight;

    async function readOnce(): Promise<StoredKey | null> {
      try {
        const known = await read(hash);
        if (!flight.isStale) remember(hash, known);
        return known;
      } finally {
        inFlightReads.delete(hash);
      }
    }
  }

  function remember(hash: string, known: StoredKey | null): void {
    if (known === null) negativeEntries.set(hash, true);
    else keys.set(hash, known);
  }

  function forget(hash: string): void {
    keys.delete(hash);
    negativeEntries.delete(hash);
    const flight = inFlightReads.get(hash);
    if (flight !== undefined) flight.isStale = true;
  }

  function clear(): void {
    keys.clear();
    negativeEntries.clear();
    for (const flight of inFlightReads.values()) flight.isStale = true;
  }

  return {
    lookup,
    onNotification: (signal) => {
      if (signal.kind === "key") forget(signal.hash);
      else if (signal.kind === "keys_gone") clear();
    },
    clear,
    stats: () => ({ hits, negativeCacheHits, misses, keys: keys.size }),
  };
}
