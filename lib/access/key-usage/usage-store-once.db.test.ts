import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { testDatabaseProxy } from "@/lib/testing/database-tcp-proxy";
import { batch, noRows, sum, testUsage } from "@/lib/testing/usage";
import { writeUsage } from "./usage-store";

const { clientsOf, db, hoursOf, lastUsed, makeKey, pool, url, use, waiting } = await testUsage();

describe("a batch counts once", () => {
  it("when it is sent twice or out of order", async () => {
    const { id } = await makeKey();
    const writer = randomUUID();
    expect(await writeUsage(db, writer, batch(2, [use(id, 1)]))).toEqual({
      batches: 1,
      keys: 1,
      hourlyTotals: 1,
      clients: 1,
    });
    expect(await writeUsage(db, writer, batch(2, [use(id, 1)]))).toEqual(noRows);
    expect(await writeUsage(db, writer, batch(1, [use(id, 9)]))).toEqual(noRows);
    expect([sum(await hoursOf(id)), sum(await clientsOf(id)), await lastUsed(id)]).toEqual([
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
    expect(await writeUsage(remoteDb, writer, batch(2, [use(id, 2)]))).toEqual(noRows);
    expect([sum(await hoursOf(id)), sum(await clientsOf(id))]).toEqual([2, 2]);
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
      expect((await clientsOf(id)).map((row) => row.calls)).toEqual([calls * scopes.length]);
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
  expect(await writeUsage(db, writer, uses)).toEqual({ batches: 1, keys: 0, hourlyTotals: 2, clients: 0 });
});
