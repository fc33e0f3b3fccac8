import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { deleteApiKeyRow, findApiKey, updateApiKey } from "@/lib/access/api-keys/store";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { openListenerConnection } from "@/lib/infrastructure/notifications/listener-connection";
import { type Notification, parseNotification } from "@/lib/infrastructure/notifications/notification";
import { testDatabase } from "@/lib/testing/database";
import { testDatabaseProxy } from "@/lib/testing/database-tcp-proxy";
import { readKeyCallers, readUsageHours } from "@/lib/testing/read-usage";
import { createUsageAggregator, type KeyUse, type NumberedBatch, usageLimits } from "./usage-aggregator";
import { writeUsage } from "./usage-store";

const { db, pool, url } = await testDatabase();
const environment = await makeTestEnvironment(db, false);
const makeKey = () => makeTestKey(db, randomBytes(32), environment, ["environment:deploy"]);

const hour = Date.UTC(2026, 0, 1, 10);
const nothing = { batches: 0, keys: 0, totals: 0, callers: 0 };

function use(keyId: number, second: number, changes: Partial<KeyUse> = {}): KeyUse {
  const lastUse = {
    method: "GET",
    route: "/connections",
    status: 200,
    client: "curl 8.1",
    address: "10.0.0.1",
  };
  const scope = "any valid key";
  const at = hour + second * 1000;
  return { keyId, environmentId: environment.id, at, scope, outcome: "succeeded", lastUse, ...changes };
}

function batch(number: number, uses: readonly KeyUse[], limits = usageLimits): NumberedBatch {
  const aggregator = createUsageAggregator(limits);
  for (const each of uses) aggregator.add(each);
  return { ...aggregator.batch(), number };
}

const lastUsed = async (id: number) => (await findApiKey(db, environment.id, id))?.lastUsedAt;
const hoursOf = (id: number) => readUsageHours(db, environment.id, id, new Date(0));
const callersOf = (id: number) => readKeyCallers(db, environment.id, id);
const sum = (rows: readonly { readonly calls: number }[]) => rows.reduce((all, { calls }) => all + calls, 0);

describe("the last use of a key", () => {
  it("only moves forward, and only in the key's own environment", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(id, 30)]));
    expect(await lastUsed(id)).toBe("2026-01-01T10:00:30.000Z");
    await writeUsage(db, writer, batch(2, [use(id, 10)]));
    expect(await lastUsed(id)).toBe("2026-01-01T10:00:30.000Z");
    await writeUsage(db, writer, batch(3, [use(id, 50, { environmentId: environment.id + 1 })]));
    expect(await lastUsed(id)).toBe("2026-01-01T10:00:30.000Z");
    await writeUsage(db, writer, batch(4, [use(id, 40)]));
    expect(await lastUsed(id)).toBe("2026-01-01T10:00:40.000Z");
  });

  it("is only a time if its details were dropped", async () => {
    const { id } = await makeKey();
    await writeUsage(db, randomUUID(), batch(1, [use(id, 1)]));
    expect(await findApiKey(db, environment.id, id)).toMatchObject({ lastUse: { client: "curl 8.1" } });
    await writeUsage(db, randomUUID(), batch(1, [use(id, 2)], { ...usageLimits, keys: 0 }));
    expect(await findApiKey(db, environment.id, id)).toMatchObject({
      lastUsedAt: "2026-01-01T10:00:02.000Z",
      lastUse: null,
    });
    expect(await pool`select 1 from api_keys where id = ${id} and last_use is null`).toHaveLength(1);
  });

  it("is not changed by reading or changing the key", async () => {
    const { id } = await makeKey();
    await writeUsage(db, randomUUID(), batch(1, [use(id, 30)]));
    const before = await findApiKey(db, environment.id, id);
    await updateApiKey(db, environment.id, id, { displayName: `Renamed ${id}`, grants: ["environment:*"] });
    const after = await findApiKey(db, environment.id, id);
    expect(after?.displayName).toBe(`Renamed ${id}`);
    expect([after?.lastUsedAt, after?.lastUse]).toEqual([before?.lastUsedAt, before?.lastUse]);
  });
});

describe("totals and callers", () => {
  it("add up over batches and hours", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    const other = { ...use(id, 0).lastUse, client: null };
    await writeUsage(
      db,
      writer,
      batch(1, [use(id, 1), use(id, 2), use(id, 3, { outcome: "missing_scope" })]),
    );
    await writeUsage(db, writer, batch(2, [use(id, 0), use(id, 3600), use(id, 4, { lastUse: other })]));
    const total = { scope: "any valid key", outcome: "succeeded" };
    expect(await hoursOf(id)).toEqual([
      { ...total, hour: "2026-01-01T11:00:00.000Z", calls: 1 },
      { ...total, hour: "2026-01-01T10:00:00.000Z", outcome: "missing_scope", calls: 1 },
      { ...total, hour: "2026-01-01T10:00:00.000Z", calls: 4 },
    ]);
    expect(await readUsageHours(db, environment.id, id, new Date(hour + 3_600_000))).toHaveLength(1);
    expect(await readUsageHours(db, environment.id + 1, id, new Date(0))).toEqual([]);
    const at = "2026-01-01T10:00:04.000Z";
    expect(await callersOf(id)).toEqual([
      {
        client: "curl 8.1",
        address: "10.0.0.1",
        firstSeenAt: "2026-01-01T10:00:00.000Z",
        lastSeenAt: "2026-01-01T11:00:00.000Z",
        calls: 5,
      },
      { client: null, address: "10.0.0.1", firstSeenAt: at, lastSeenAt: at, calls: 1 },
    ]);
    expect(await readKeyCallers(db, environment.id + 1, id)).toEqual([]);
  });

  it("of a deleted key: totals are kept, and other keys in the batch are unaffected", async () => {
    const [deleted, other] = [await makeKey(), await makeKey()];
    await deleteApiKeyRow(db, environment.id, deleted.id);
    const rows = await writeUsage(db, randomUUID(), batch(1, [use(deleted.id, 1), use(other.id, 1)]));
    expect(rows).toEqual({ batches: 1, keys: 1, totals: 2, callers: 1 });
    expect([sum(await hoursOf(deleted.id)), sum(await hoursOf(other.id))]).toEqual([1, 1]);
    expect([sum(await callersOf(deleted.id)), sum(await callersOf(other.id))]).toEqual([0, 1]);
  });

  it("of a key being deleted: wait for the deletion, then count as for a deleted key", async () => {
    const { id } = await makeKey();
    const rows = await pool.begin(async (deletion) => {
      await deletion`delete from api_keys where id = ${id}`;
      const written = writeUsage(db, randomUUID(), batch(1, [use(id, 1)]));
      await expect.poll(waiting).toBe(1);
      return { written };
    });
    expect(await rows.written).toEqual({ batches: 1, keys: 0, totals: 1, callers: 0 });
  });
});

const waiting = async () =>
  (await pool`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    .length;

describe("a batch counts once", () => {
  it("when it is sent twice or out of order", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    expect(await writeUsage(db, writer, batch(2, [use(id, 1)]))).toEqual({
      batches: 1,
      keys: 1,
      totals: 1,
      callers: 1,
    });
    expect(await writeUsage(db, writer, batch(2, [use(id, 1)]))).toEqual(nothing);
    expect(await writeUsage(db, writer, batch(1, [use(id, 9)]))).toEqual(nothing);
    expect([sum(await hoursOf(id)), sum(await callersOf(id)), await lastUsed(id)]).toEqual([
      1,
      1,
      "2026-01-01T10:00:01.000Z",
    ]);
    // Each process numbers its own batches.
    expect(await writeUsage(db, randomUUID(), batch(1, [use(id, 9)]))).toMatchObject({ batches: 1 });
    expect(sum(await hoursOf(id))).toBe(2);
  });

  it("when it is sent concurrently", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    const sent = await Promise.all(
      Array.from({ length: 8 }, () => writeUsage(db, writer, batch(1, [use(id, 1)]))),
    );
    expect(sent.map(({ batches }) => batches).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(sum(await hoursOf(id))).toBe(1);
  });

  it("when the response was lost after the commit", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    const proxy = await testDatabaseProxy(url);
    const remote = openPool(proxy.url, 1);
    const remoteDb = databaseFromPool(remote);
    await writeUsage(remoteDb, writer, batch(1, [use(id, 1)]));
    proxy.dropNextResponse();
    await expect(writeUsage(remoteDb, writer, batch(2, [use(id, 2)]))).rejects.toThrow();
    expect(await lastUsed(id)).toBe("2026-01-01T10:00:02.000Z");
    expect(await writeUsage(remoteDb, writer, batch(2, [use(id, 2)]))).toEqual(nothing);
    expect([sum(await hoursOf(id)), sum(await callersOf(id))]).toEqual([2, 2]);
    await remote.end({ timeout: 1 });
  });
});

describe("processes writing the same keys concurrently", () => {
  it("never deadlock, and count every call once", async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, makeKey));
    const writers = Array.from({ length: 6 }, () => randomUUID());
    const scopes = ["a", "b", "c"];
    const rounds = 20;
    await Promise.all(
      writers.map(async (writer, process) => {
        for (let round = 1; round <= rounds; round += 1) {
          const uses = keys.flatMap(({ id }) => scopes.map((scope) => use(id, round, { scope })));
          await writeUsage(db, writer, batch(round, process % 2 === 0 ? uses : uses.toReversed()));
        }
      }),
    );
    const calls = writers.length * rounds;
    for (const { id } of keys) {
      expect((await hoursOf(id)).map((row) => [row.scope, row.calls])).toEqual(
        scopes.map((scope) => [scope, calls]),
      );
      expect((await callersOf(id)).map((row) => row.calls)).toEqual([calls * scopes.length]);
      expect(await lastUsed(id)).toBe("2026-01-01T10:00:20.000Z");
    }
  });

  it("give up on a key that is locked for long, and lose no call", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    await pool.begin(async (holder) => {
      await holder`select 1 from api_keys where id = ${id} for update`;
      await expect(writeUsage(db, writer, batch(1, [use(id, 1)]))).rejects.toMatchObject({
        cause: { code: "55P03" },
      });
    });
    expect(await writeUsage(db, writer, batch(1, [use(id, 1)]))).toMatchObject({ batches: 1, keys: 1 });
    expect(await pool`show lock_timeout`).toEqual([{ lock_timeout: "0" }]);
  });
});

it("a batch gives up in favor of a deletion that locks the keys in another order", async () => {
  const [first, second] = [await makeKey(), await makeKey()];
  const writer = randomUUID();
  const uses = batch(1, [use(first.id, 1), use(second.id, 1)]);
  await pool.begin(async (deletion) => {
    await deletion`delete from api_keys where id = ${second.id}`;
    const rejected = expect(writeUsage(db, writer, uses)).rejects.toMatchObject({ cause: { code: "55P03" } });
    await expect.poll(waiting).toBe(1);
    await deletion`delete from api_keys where id = ${first.id}`;
    await rejected;
  });
  expect([await lastUsed(first.id), await lastUsed(second.id)]).toEqual([undefined, undefined]);
  expect(await writeUsage(db, writer, uses)).toEqual({ batches: 1, keys: 0, totals: 2, callers: 0 });
});

describe("notifications of a write", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  async function receive(): Promise<Notification[]> {
    const received: Notification[] = [];
    await new Promise<void>((onSubscribed) => {
      const onMessage = (message: string) => {
        const notification = parseNotification(message);
        if (notification !== null) received.push(notification);
      };
      stops.push(openListenerConnection({ url, onMessage, onSubscribed }).close);
    });
    return received;
  }

  it("contain each updated key as its row stores it, and the given message", async () => {
    const [one, two] = [await makeKey(), await makeKey()];
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(two.id, 9)]));
    const received = await receive();
    await writeUsage(db, writer, batch(2, [use(one.id, 1.005), use(two.id, 5)]), "beat p 7");
    await expect.poll(() => received).toContainEqual({ kind: "heartbeat", process: "p", number: 7 });
    const row = await findApiKey(db, environment.id, one.id);
    expect(received.filter(({ kind }) => kind === "use")).toEqual([
      {
        kind: "use",
        keyId: one.id,
        environmentId: environment.id,
        at: row?.lastUsedAt,
        lastUse: row?.lastUse,
      },
    ]);
    expect(row?.lastUsedAt).toBe("2026-01-01T10:00:01.005Z");
  });

  it("contain only the message when the batch was already written", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    await writeUsage(db, writer, batch(1, [use(id, 1)]));
    const received = await receive();
    await writeUsage(db, writer, batch(1, [use(id, 1)]), "beat p 8");
    await expect.poll(() => received).toEqual([parseNotification("beat p 8")]);
  });

  it("contain a last use without details", async () => {
    const { id } = await makeKey();
    const received = await receive();
    await writeUsage(db, randomUUID(), batch(1, [use(id, 1)], { ...usageLimits, keys: 0 }));
    await expect.poll(() => received).toMatchObject([{ kind: "use", keyId: id, lastUse: null }]);
  });
});
