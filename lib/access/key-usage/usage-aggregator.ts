import type { LastUse, UseOutcome } from "@/lib/access/api-keys/model";

/** One authenticated call. */
export type KeyUse = {
  readonly keyId: number;
  readonly environmentId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The scope that the route requires, or "any valid key" if it requires none. */
  readonly scope: string;
  readonly outcome: UseOutcome;
  readonly lastUse: LastUse;
};

/** Calls by one client at one address, "" when unknown. Times in milliseconds since 1970. */
export type CallerCalls = {
  readonly client: string;
  readonly address: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly calls: number;
};

/** The latest use of a key and its callers. `lastUse` is null when its details were dropped at a limit. */
export type KeyCalls = Pick<KeyUse, "keyId" | "environmentId" | "at"> & {
  readonly lastUse: LastUse | null;
  readonly callers: readonly CallerCalls[];
};

/** Number of calls of a key within one hour, with one scope and one outcome. */
export type UsageTotal = Pick<KeyUse, "keyId" | "environmentId" | "scope" | "outcome"> & {
  /** The start of the hour, UTC, in milliseconds since 1970. */
  readonly hour: number;
  readonly calls: number;
};

/** Aggregated calls, written in one statement. */
export type UsageBatch = {
  readonly keys: readonly KeyCalls[];
  readonly totals: readonly UsageTotal[];
};

/** A batch with its number. Immutable, so that it can be sent again when its outcome is unknown. */
export type NumberedBatch = UsageBatch & { readonly number: number };

export type UsageLimits = {
  /** Keys whose last use is kept with details; for further keys only its time is kept. */
  readonly keys: number;
  /** Totals by scope; further calls of a key are counted under the scope "*". */
  readonly totals: number;
  /** Callers of all keys together; further calls of a key are counted under an unknown caller. */
  readonly callers: number;
  /** Callers of one key; further calls as for `callers`. */
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
    /** Calls that lost a detail at a limit. */
    readonly mergedCalls: number;
  };
  readonly batch: () => UsageBatch;
};

const hourMs = 3_600_000;

type Mutable<Row> = { -readonly [field in keyof Row]: Row[field] };

type KeyEntry = Mutable<Omit<KeyCalls, "callers">> & { readonly callers: Map<string, Mutable<CallerCalls>> };

/**
 * Creates an aggregator of calls in bounded memory. Above the limits details are merged, but every call is
 * counted and no key's latest time is lost.
 */
export function createUsageAggregator(limits: UsageLimits): UsageAggregator {
  const keys = new Map<number, KeyEntry>();
  const totals = new Map<string, Mutable<UsageTotal>>();
  let callers = 0;
  let calls = 0;
  let mergedCalls = 0;

  function add(use: KeyUse): void {
    calls += 1;
    const key = updateLastUse(use);
    const hasTotal = countTotal(use, use.scope, totals.size < limits.totals);
    if (!hasTotal) countTotal(use, "*", true);
    const { client, address } = use.lastUse;
    const mayAddCaller = callers < limits.callers && key.callers.size < limits.callersPerKey;
    const hasCaller = countCaller(key, use.at, client ?? "", address ?? "", mayAddCaller);
    if (!hasCaller) countCaller(key, use.at, "", "", true);
    if (key.lastUse === null || !hasTotal || !hasCaller) mergedCalls += 1;
  }

  function updateLastUse({ keyId, environmentId, at, lastUse }: KeyUse): KeyEntry {
    const existing = keys.get(keyId);
    if (existing === undefined) {
      const details = keys.size < limits.keys ? lastUse : null;
      const added = { keyId, environmentId, at, lastUse: details, callers: new Map() };
      keys.set(keyId, added);
      return added;
    }
    if (existing.at <= at) {
      existing.at = at;
      if (existing.lastUse !== null) existing.lastUse = lastUse;
    }
    return existing;
  }

  /** Counts a call in its total. False if the total does not exist and `mayAdd` is false. */
  function countTotal(
    { keyId, environmentId, at, outcome }: KeyUse,
    scope: string,
    mayAdd: boolean,
  ): boolean {
    const hourNumber = Math.floor(at / hourMs);
    const name = `${keyId} ${hourNumber} ${outcome} ${scope}`;
    const existing = totals.get(name);
    if (existing !== undefined) existing.calls += 1;
    else if (!mayAdd) return false;
    else totals.set(name, { keyId, environmentId, hour: hourNumber * hourMs, scope, outcome, calls: 1 });
    return true;
  }

  /** Counts a call of a caller. False if the caller does not exist and `mayAdd` is false. */
  function countCaller(key: KeyEntry, at: number, client: string, address: string, mayAdd: boolean): boolean {
    const name = `${address} ${client}`;
    const existing = key.callers.get(name);
    if (existing !== undefined) {
      existing.calls += 1;
      if (at < existing.firstAt) existing.firstAt = at;
      if (at > existing.lastAt) existing.lastAt = at;
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
