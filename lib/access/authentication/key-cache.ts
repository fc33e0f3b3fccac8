import { LRUCache } from "lru-cache";
import { DeadlinePassed } from "@/lib/infrastructure/deadline";
import { type Clock, promisedMilliseconds, systemClock } from "@/lib/infrastructure/signals/lease";
import type { Signal } from "@/lib/infrastructure/signals/message";
import type { KeyLookup, KnownKey } from "./authenticate";

/** Keys a process remembers; about 0.5 kB each. */
const mostKeys = 50_000;

/** Unknown keys a process remembers, apart from the others: a flood of them must not push those out. */
const mostUnknown = 10_000;
const unknownMilliseconds = 10_000;

export type CacheStats = {
  /** Look-ups answered from memory, by what they found. */
  readonly hits: number;
  readonly unknownHits: number;
  /** Look-ups that asked the database, or waited for one that did. */
  readonly misses: number;
  readonly keys: number;
};

export type KeyCache = {
  readonly lookup: KeyLookup;
  /** Forgets what a signal says has changed. */
  readonly hear: (signal: Signal) => void;
  readonly empty: () => void;
  readonly stats: () => CacheStats;
};

type Flight = {
  readonly startedAt: number;
  readonly answer: Promise<KnownKey | null>;
  /** Something about the key changed while it was being read: the answer is not remembered. */
  isOvertaken: boolean;
};

type Parts = {
  readonly read: (hash: string) => Promise<KnownKey | null>;
  /** Is the lease held? */
  readonly isCurrent: () => boolean;
  readonly clock?: Clock;
};

/**
 * Remembers what keys are, from their hash. Memory decides only under the lease; otherwise, and for what is not
 * remembered, `read` does, once per key however many wait. Nothing older than the promise decides anything: an answer
 * that took longer is thrown away with an error, as when the database cannot be reached.
 */
export function keyCache({ read, isCurrent, clock = systemClock }: Parts): KeyCache {
  const keys = new LRUCache<string, KnownKey>({ max: mostKeys });
  const unknown = new LRUCache<string, true>({ max: mostUnknown, ttl: unknownMilliseconds });
  const flights = new Map<string, Flight>();
  let hits = 0;
  let unknownHits = 0;
  let misses = 0;

  function lookup(hash: string): KnownKey | null | Promise<KnownKey | null> {
    if (isCurrent()) {
      const known = keys.get(hash);
      if (known !== undefined) {
        hits += 1;
        return known;
      }
      if (unknown.has(hash)) {
        unknownHits += 1;
        return null;
      }
    }
    misses += 1;
    return fresh(flights.get(hash) ?? takeOff(hash));
  }

  async function fresh({ answer, startedAt }: Flight): Promise<KnownKey | null> {
    const known = await answer;
    if (clock.monotonic() - startedAt >= promisedMilliseconds) {
      throw new DeadlinePassed("Reading a key", promisedMilliseconds);
    }
    return known;
  }

  function takeOff(hash: string): Flight {
    const flight: Flight = { startedAt: clock.monotonic(), answer: readOnce(), isOvertaken: false };
    flights.set(hash, flight);
    return flight;

    async function readOnce(): Promise<KnownKey | null> {
      try {
        const known = await read(hash);
        if (!flight.isOvertaken) remember(hash, known);
        return known;
      } finally {
        flights.delete(hash);
      }
    }
  }

  function remember(hash: string, known: KnownKey | null): void {
    if (known === null) unknown.set(hash, true);
    else keys.set(hash, known);
  }

  function forget(hash: string): void {
    keys.delete(hash);
    unknown.delete(hash);
    const flight = flights.get(hash);
    if (flight !== undefined) flight.isOvertaken = true;
  }

  function empty(): void {
    keys.clear();
    unknown.clear();
    for (const flight of flights.values()) flight.isOvertaken = true;
  }

  return {
    lookup,
    hear: (signal) => {
      if (signal.kind === "key") forget(signal.hash);
      else if (signal.kind === "keys_gone") empty();
    },
    empty,
    stats: () => ({ hits, unknownHits, misses, keys: keys.size }),
  };
}
