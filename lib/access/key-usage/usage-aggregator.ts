import type { LastUse, UseOutcome } from "@/lib/access/api-keys/model";

/** One authenticated call. */
export type KeyUse = {
  readonly keyId: number;
  readonly environmentId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the route asks for: a scope, or the words that stand where it asks for none. */
  readonly scope: string;
  readonly outcome: UseOutcome;
  readonly lastUse: LastUse;
};

/** Calls by one client at one address; empty text for what is not known. Times in milliseconds since 1970. */
export type CallerCalls = {
  readonly client: string;
  readonly address: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly calls: number;
};

/** The latest use of a key, without its details when there was no room for them, and who used it. */
export type KeyCalls = Pick<KeyUse, "keyId" | "environmentId" | "at"> & {
  readonly lastUse: LastUse | null;
  readonly callers: readonly CallerCalls[];
};

/** Calls of a key within one hour, with one scope and one outcome. */
export type UsageTotal = Pick<KeyUse, "keyId" | "environmentId" | "scope" | "outcome"> & {
  /** The start of the hour, UTC, in milliseconds since 1970. */
  readonly hour: number;
  readonly calls: number;
};

/** What a number of calls amounts to: what one statement writes. */
export type UsageBatch = {
  readonly keys: readonly KeyCalls[];
  readonly totals: readonly UsageTotal[];
};

/** A batch under its number. It never changes, so that it may be sent again when nobody knows whether it arrived. */
export type NumberedBatch = UsageBatch & { readonly number: number };

export type UsageLimits = {
  /** Keys whose last use is kept with its details; past them only its time. */
  readonly keys: number;
  /** Totals by scope; past them a key's calls are counted under the scope "*". */
  readonly totals: number;
  /** Callers, of all keys and of one; past them a key's calls are counted under a caller without client and address. */
  readonly callers: number;
  readonly callersPerKey: number;
};

export const usageLimits: UsageLimits = {
  keys: 50_000,
  totals: 10_000,
  callers: 10_000,
  callersPerKey: 50,
};

export type UsageAggregator = {
  readonly add: (use: KeyUse) => void;
  readonly size: () => {
    readonly calls: number;
    readonly rows: number;
    /** Notes that lost a detail to a bound. */
    readonly mergedCalls: number;
  };
  readonly batch: () => UsageBatch;
};

const hourMs = 3_600_000;

type Mutable<Entry> = { -readonly [field in keyof Entry]: Entry[field] };

type Key = Mutable<Omit<KeyCalls, "callers">> & { readonly callers: Map<string, Mutable<CallerCalls>> };

/** Adds up calls in bounded room. However many there are, each is counted and no key's latest time is lost. */
export function createUsageAggregator(bounds: UsageLimits): UsageAggregator {
  const keys = new Map<number, Key>();
  const totals = new Map<string, Mutable<UsageTotal>>();
  let callers = 0;
  let calls = 0;
  let mergedCalls = 0;

  function add(use: KeyUse): void {
    calls += 1;
    const key = updateLastUse(use);
    const hasTotal = count(use, use.scope, totals.size < bounds.totals);
    if (!hasTotal) count(use, "*", true);
    const { client, address } = use.lastUse;
    const hasRoom = callers < bounds.callers && key.callers.size < bounds.callersPerKey;
    const hasCaller = countCaller(key, use.at, client ?? "", address ?? "", hasRoom);
    if (!hasCaller) countCaller(key, use.at, "", "", true);
    if (key.lastUse === null || !hasTotal || !hasCaller) mergedCalls += 1;
  }

  function updateLastUse({ keyId, environmentId, at, lastUse }: KeyUse): Key {
    const known = keys.get(keyId);
    if (known === undefined) {
      const kept = keys.size < bounds.keys ? lastUse : null;
      const first = { keyId, environmentId, at, lastUse: kept, callers: new Map() };
      keys.set(keyId, first);
      return first;
    }
    if (known.at <= at) {
      known.at = at;
      if (known.lastUse !== null) known.lastUse = lastUse;
    }
    return known;
  }

  /** False when the call has no total yet and must not make one. */
  function count({ keyId, environmentId, at, outcome }: KeyUse, scope: string, mayAdd: boolean): boolean {
    const hourNumber = Math.floor(at / hourMs);
    const name = `${keyId} ${hourNumber} ${outcome} ${scope}`;
    const known = totals.get(name);
    if (known !== undefined) known.calls += 1;
    else if (!mayAdd) return false;
    else totals.set(name, { keyId, environmentId, hour: hourNumber * hourMs, scope, outcome, calls: 1 });
    return true;
  }

  /** False when the caller is not known yet and must not be. */
  function countCaller(key: Key, at: number, client: string, address: string, mayAdd: boolean): boolean {
    const name = `${address} ${client}`;
    const known = key.callers.get(name);
    if (known !== undefined) {
      known.calls += 1;
      if (at < known.firstAt) known.firstAt = at;
      if (at > known.lastAt) known.lastAt = at;
      return true;
    }
    if (!mayAdd) return false;
    key.callers.set(name, { client, address, firstAt: at, lastAt: at, calls: 1 });
    callers += 1;
    return true;
  }

  return {
    add,
    size: () => ({ calls, rows: keys.size + totals.size + callers, mergedCalls }),
    batch: () => ({
      keys: Array.from(keys.values(), (key) => ({ ...key, callers: [...key.callers.values()] })),
      totals: [...totals.values()],
    }),
  };
}
