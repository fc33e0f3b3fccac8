import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deleteApiKeyRow, findApiKey, updateApiKey } from "@/lib/access/api-keys/store";
import { readKeyClients, readUsageHours } from "@/lib/testing/read-usage";
import { batch, hour, sum, testUsage } from "@/lib/testing/usage";
import { usageLimits } from "./usage-aggregator";
import { writeUsage } from "./usage-store";

const { clientsOf, db, environment, hoursOf, lastUsed, makeKey, pool, use, waiting } = await testUsage();

describe("the last use of a key", () => {
  it("is replaced only by a later one, and only in the key's own environment", async () => {
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

describe("totals and clients", () => {
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
    expect(await clientsOf(id)).toEqual([
      {
        client: "curl 8.1",
        address: "10.0.0.1",
        firstSeenAt: "2026-01-01T10:00:00.000Z",
        lastSeenAt: "2026-01-01T11:00:00.000Z",
        calls: 5,
      },
      { client: null, address: "10.0.0.1", firstSeenAt: at, lastSeenAt: at, calls: 1 },
    ]);
    expect(await readKeyClients(db, environment.id + 1, id)).toEqual([]);
  });

  it("of a deleted key: totals are kept, and other keys in the batch are unaffected", async () => {
    const [deleted, other] = [await makeKey(), await makeKey()];
    await deleteApiKeyRow(db, environment.id, deleted.id);
    const rows = await writeUsage(db, randomUUID(), batch(1, [use(deleted.id, 1), use(other.id, 1)]));
    expect(rows).toEqual({ batches: 1, keys: 1, hourlyTotals: 2, clients: 1 });
    expect([sum(await hoursOf(deleted.id)), sum(await hoursOf(other.id))]).toEqual([1, 1]);
    expect([sum(await clientsOf(deleted.id)), sum(await clientsOf(other.id))]).toEqual([0, 1]);
  });

  it("of a key being deleted: wait for the deletion, then count as for a deleted key", async () => {
    const { id } = await makeKey();
    const rows = await pool.begin(async (deletion) => {
      await deletion`delete from api_keys where id = ${id}`;
      const written = writeUsage(db, randomUUID(), batch(1, [use(id, 1)]));
      await expect.poll(waiting).toBe(1);
      return { written };
    });
    expect(await rows.written).toEqual({ batches: 1, keys: 0, hourlyTotals: 1, clients: 0 });
  });
});
