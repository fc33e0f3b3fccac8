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

/**
 * Calls by one client (name and version) from one address; each is "" when unknown. Times in milliseconds
 * since 1970.
 */
export type ClientCalls = {
  readonly client: string;
  readonly address: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly calls: number;
};

/** The latest use of a key, and its clients. `lastUse` is null when its details were dropped at a limit. */
export type KeyCalls = Pick<KeyUse, "keyId" | "environmentId" | "at"> & {
  readonly lastUse: LastUse | null;
  readonly clients: readonly ClientCalls[];
};

/** Number of calls of a key within one hour, with one scope and one outcome. */
export type HourlyTotal = Pick<KeyUse, "keyId" | "environmentId" | "scope" | "outcome"> & {
  /** The start of the hour, UTC, in milliseconds since 1970. */
  readonly hour: number;
  readonly calls: number;
};

/** Aggregated calls that are written in one statement. */
export type UsageBatch = {
  readonly keys: readonly KeyCalls[];
  readonly hourlyTotals: readonly HourlyTotal[];
};

/** A batch with its number. It never changes, so that it can be written again when the outcome is unknown. */
export type NumberedBatch = UsageBatch & { readonly number: number };

export type UsageLimits = {
  /** Keys whose last use is kept with details. For further keys only its time is kept. */
  readonly keys: number;
  /** Hourly totals of all keys together. Calls that need a further one are counted under the scope "*". */
  readonly hourlyTotals: number;
  /** Clients of all keys together. Calls by a further one are counted without client and address. */
  readonly clients: number;
  /** Clients of one key. Calls by a further one are counted as for `clients`. */
  readonly clientsPerKey: number;
};

export const usageLimits: UsageLimits = {
  keys: 50_000,
  hourlyTotals: 10_000,
  clients: 10_000,
  clientsPerKey: 50,
};

export type UsageAggregator = {
  readonly add: (use: KeyUse) => void;
  readonly size: () => {
    readonly calls: number;
    readonly rows: number;
    /** Calls recorded with less detail because a limit was reached (see `UsageStats`). */
    readonly mergedCalls: number;
  };
  readonly batch: () => UsageBatch;
};

const hourMs = 3_600_000;

type Mutable<Row> = { -readonly [field in keyof Row]: Row[field] };

type KeyEntry = Mutable<Omit<KeyCalls, "clients">> & { readonly clients: Map<string, Mutable<ClientCalls>> };

/**
 * Creates an aggregator of calls in bounded memory. Above the limits calls are recorded with less detail, but
 * every call is counted, and the time of each key's last use is kept.
 */
export function createUsageAggregator(limits: UsageLimits): UsageAggregator {
  const keys = new Map<number, KeyEntry>();
  const hourlyTotals = new Map<string, Mutable<HourlyTotal>>();
  let clientCount = 0;
  let callCount = 0;
  let mergedCalls = 0;

  function add(use: KeyUse): void {
    callCount += 1;
    const key = recordLastUse(use);
    const hasTotal = countTotal(use, use.scope, hourlyTotals.size < limits.hourlyTotals);
    if (!hasTotal) countTotal(use, "*", true);
    const { client, address } = use.lastUse;
    const mayAddClient = clientCount < limits.clients && key.clients.size < limits.clientsPerKey;
    const hasClient = countClient(key, use.at, client ?? "", address ?? "", mayAddClient);
    if (!hasClient) countClient(key, use.at, "", "", true);
    if (key.lastUse === null || !hasTotal || !hasClient) mergedCalls += 1;
  }

  /** Records a call as the last use of its key, unless a later one is recorded. Returns the key's entry. */
  function recordLastUse({ keyId, environmentId, at, lastUse }: KeyUse): KeyEntry {
    const existing = keys.get(keyId);
    if (existing === undefined) {
      const details = keys.size < limits.keys ? lastUse : null;
      const added = { keyId, environmentId, at, lastUse: details, clients: new Map() };
      keys.set(keyId, added);
      return added;
    }
    if (existing.at <= at) {
      existing.at = at;
      if (existing.lastUse !== null) existing.lastUse = lastUse;
    }
    return existing;
  }

  /** Counts a call in its hourly total. Returns false if there is none yet and `mayAdd` is false. */
  function countTotal(
    { keyId, environmentId, at, outcome }: KeyUse,
    scope: string,
    mayAdd: boolean,
  ): boolean {
    const hourNumber = Math.floor(at / hourMs);
    const name = `${keyId} ${hourNumber} ${outcome} ${scope}`;
    const existing = hourlyTotals.get(name);
    if (existing !== undefined) existing.calls += 1;
    else if (!mayAdd) return false;
    else
      hourlyTotals.set(name, { keyId, environmentId, hour: hourNumber * hourMs, scope, outcome, calls: 1 });
    return true;
  }

  /** Counts a call of a client. Returns false if it is not known yet and `mayAdd` is false. */
  function countClient(key: KeyEntry, at: number, client: string, address: string, mayAdd: boolean): boolean {
    const name = `${address} ${client}`;
    const existing = key.clients.get(name);
    if (existing !== undefined) {
      existing.calls += 1;
      if (at < existing.firstAt) existing.firstAt = at;
      if (at > existing.lastAt) existing.lastAt = at;
      return true;
    }
    if (!mayAdd) return false;
    key.clients.set(name, { client, address, firstAt: at, lastAt: at, calls: 1 });
    clientCount += 1;
    return true;
  }

  return {
    add,
    size: () => ({ calls: callCount, rows: keys.size + hourlyTotals.size + clientCount, mergedCalls }),
    batch: () => ({
      keys: Array.from(keys.values(), (key) => ({ ...key, clients: [...key.clients.values()] })),
      hourlyTotals: [...hourlyTotals.values()],
    }),
  };
}
