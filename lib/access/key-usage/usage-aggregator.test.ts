import { describe, expect, it } from "vitest";
import { createUsageAggregator, type KeyUse, usageLimits } from "./usage-aggregator";

const hour = Date.UTC(2026, 10, 24, 10);

function use(changes: Partial<KeyUse> & { readonly client?: string | null } = {}): KeyUse {
  const { client = "curl 8.1", ...rest } = changes;
  return {
    keyId: 1,
    environmentId: 5,
    at: hour,
    scope: "a",
    outcome: "succeeded",
    lastUse: { method: "GET", route: "/connections", status: 200, client, address: "10.0.0.1" },
    ...rest,
  };
}

function aggregate(uses: readonly KeyUse[], limits: Partial<typeof usageLimits> = {}) {
  const aggregator = createUsageAggregator({ ...usageLimits, ...limits });
  for (const each of uses) aggregator.add(each);
  const { keys, hourlyTotals } = aggregator.batch();
  const clients = keys.flatMap((key) => key.clients.map((client) => ({ keyId: key.keyId, ...client })));
  return { keys, hourlyTotals, clients, size: aggregator.size() };
}

const sum = (rows: readonly { readonly calls: number }[]) => rows.reduce((all, { calls }) => all + calls, 0);

describe("createUsageAggregator", () => {
  it("keeps the latest use of each key, in any order of the calls", () => {
    const { keys } = aggregate([
      use({ at: hour + 2 }),
      use({ at: hour + 9, client: "last" }),
      use({ at: hour + 5 }),
      use({ keyId: 2, at: hour + 1 }),
    ]);
    expect(keys).toMatchObject([
      { keyId: 1, environmentId: 5, at: hour + 9, lastUse: { client: "last" } },
      { keyId: 2, environmentId: 5, at: hour + 1 },
    ]);
  });

  it("counts calls by key, UTC hour, scope and outcome", () => {
    const { hourlyTotals, size } = aggregate([
      use(),
      use({ at: hour + 3_599_999 }),
      use({ at: hour + 3_600_000 }),
      use({ scope: "b" }),
      use({ outcome: "failed" }),
      use({ keyId: 2 }),
    ]);
    const first = { keyId: 1, environmentId: 5, hour, scope: "a", outcome: "succeeded", calls: 2 };
    expect(hourlyTotals).toEqual([
      first,
      { ...first, hour: hour + 3_600_000, calls: 1 },
      { ...first, scope: "b", calls: 1 },
      { ...first, outcome: "failed", calls: 1 },
      { ...first, keyId: 2, calls: 1 },
    ]);
    expect(size).toEqual({ calls: 6, rows: 2 + 5 + 2, mergedCalls: 0 });
  });

  it("counts calls by client, with the times of the first and the last", () => {
    const { clients } = aggregate([
      use({ at: hour + 5 }),
      use({ at: hour + 2 }),
      use({ at: hour + 8 }),
      use({ client: null }),
    ]);
    expect(clients).toEqual([
      { keyId: 1, client: "curl 8.1", address: "10.0.0.1", firstAt: hour + 2, lastAt: hour + 8, calls: 3 },
      { keyId: 1, client: "", address: "10.0.0.1", firstAt: hour, lastAt: hour, calls: 1 },
    ]);
  });
});

describe("above a limit", () => {
  it("counts further scopes under *, and keeps existing totals", () => {
    const uses = Array.from({ length: 60 }, (_, index) => use({ scope: `s${index % 6}` }));
    const { hourlyTotals, size } = aggregate(uses, { hourlyTotals: 2 });
    expect(hourlyTotals.map(({ scope, calls }) => [scope, calls])).toEqual([
      ["s0", 10],
      ["s1", 10],
      ["*", 40],
    ]);
    expect(size.mergedCalls).toBe(40);
  });

  it("counts calls by further clients of one key without client and address, and no other key is affected", () => {
    const uses = Array.from({ length: 30 }, (_, index) => use({ client: `c${index}` }));
    const { clients, size } = aggregate([...uses, use({ keyId: 2 })], { clientsPerKey: 3 });
    expect(clients.map(({ keyId, client, address, calls }) => [keyId, client, address, calls])).toEqual([
      [1, "c0", "10.0.0.1", 1],
      [1, "c1", "10.0.0.1", 1],
      [1, "c2", "10.0.0.1", 1],
      [1, "", "", 27],
      [2, "curl 8.1", "10.0.0.1", 1],
    ]);
    expect(size.mergedCalls).toBe(27);
  });

  it("counts calls by further clients of all keys without client and address, for each key", () => {
    const uses = Array.from({ length: 20 }, (_, index) =>
      use({ keyId: 1 + (index % 2), client: `c${index}` }),
    );
    const { clients } = aggregate(uses, { clients: 4 });
    expect(clients.map(({ keyId, client, calls }) => [keyId, client, calls])).toEqual([
      [1, "c0", 1],
      [1, "c2", 1],
      [1, "", 8],
      [2, "c1", 1],
      [2, "c3", 1],
      [2, "", 8],
    ]);
  });

  it("keeps the time of a key's last use and drops its details", () => {
    const { keys } = aggregate(
      [use(), use({ keyId: 2 }), use({ keyId: 2, at: hour + 7 }), use({ at: hour + 3 })],
      {
        keys: 1,
      },
    );
    expect(keys).toMatchObject([
      { keyId: 1, at: hour + 3, lastUse: { route: "/connections" } },
      { keyId: 2, at: hour + 7, lastUse: null },
    ]);
  });

  it("stays within the limits and counts every call", () => {
    const uses = Array.from({ length: 40_000 }, (_, index) =>
      use({ keyId: index % 7, scope: `s${index}`, client: `c${index}`, at: hour + index }),
    );
    const { keys, hourlyTotals, clients } = aggregate(uses);
    expect([sum(hourlyTotals), sum(clients)]).toEqual([40_000, 40_000]);
    expect(hourlyTotals.length).toBeLessThanOrEqual(usageLimits.hourlyTotals + 7);
    expect(clients.length).toBeLessThanOrEqual((usageLimits.clientsPerKey + 1) * 7);
    expect(Math.max(...keys.map(({ at }) => at))).toBe(hour + 39_999);
  });
});
