import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { testDatabase } from "@/lib/testing/database";
import { removeOldUsage } from "./usage-retention";
import { removeExcessClients, removeUsageHours, tryLockRetention } from "./usage-retention-store";

const { db, pool } = await testDatabase();
const environment = await makeTestEnvironment(db, false);
const key = await makeTestKey(db, randomBytes(32), environment, ["environment:deploy"]);
const now = new Date("2026-11-24T10:30:00.000Z");
const day = 86_400_000;

const ago = (days: number) => new Date(now.getTime() - days * day);
const agoText = (days: number) => ago(days).toISOString();

async function addHour(hour: string, scope = "a") {
  await pool`insert into usage_hours values (${key.id}, ${environment.id}, ${hour}, ${scope}, 'succeeded', 1)`;
}

async function addClient(client: string, seen: string) {
  await pool`insert into key_callers values (${key.id}, ${client}, '', ${agoText(400)}, ${seen}, 1)`;
}

const clients = async () =>
  (await pool`select client from key_callers order by last_seen_at desc`).map(({ client }) => client);

beforeEach(async () => {
  await pool`truncate usage_hours, key_callers, usage_writers`;
});

it("removes hours older than the retention period and keeps the others", async () => {
  await addHour(agoText(90.1));
  await addHour(agoText(300));
  await addHour(agoText(89.9));
  await addHour(agoText(0));
  expect(await removeOldUsage(db, 90, now)).toEqual({ hours: 2, clients: 0, writers: 0 });
  expect(await pool`select 1 from usage_hours where hour < ${agoText(90)}`).toHaveLength(0);
  expect(await pool`select 1 from usage_hours`).toHaveLength(2);
  expect(await removeOldUsage(db, 1, now)).toMatchObject({ hours: 1 });
});

it("removes more rows than one batch", async () => {
  await pool`insert into usage_hours
    select ${key.id}, ${environment.id}, ${agoText(200)}, n::text, 'succeeded', 1 from generate_series(1, 4500) n`;
  await addHour(agoText(0));
  expect(await removeOldUsage(db, 90, now)).toMatchObject({ hours: 4500 });
  expect(await pool`select 1 from usage_hours`).toHaveLength(1);
});

it("removes clients not seen for 30 days", async () => {
  await addClient("old", agoText(30.1));
  await addClient("recent", agoText(29.9));
  expect(await removeOldUsage(db, 90, now)).toMatchObject({ clients: 1 });
  expect(await clients()).toEqual(["recent"]);
});

it("keeps the 100 most recently seen clients of a key", async () => {
  for (let number = 0; number < 103; number += 1) await addClient(`c${number}`, agoText(number / 10));
  expect(await removeOldUsage(db, 90, now)).toMatchObject({ clients: 3 });
  expect(await clients()).toEqual(Array.from({ length: 100 }, (_, number) => `c${number}`));
});

it("removes writers that have not written for a day", async () => {
  const [old, recent] = [randomUUID(), randomUUID()];
  await pool`insert into usage_writers values (${old}, 7, ${agoText(1.1)}), (${recent}, 7, ${agoText(0.9)})`;
  expect(await removeOldUsage(db, 90, now)).toMatchObject({ writers: 1 });
  expect(await pool`select writer from usage_writers`).toEqual([{ writer: recent }]);
});

it("does nothing while another process removes usage", async () => {
  await addHour(agoText(200));
  await db.transaction(async (other) => {
    expect(await tryLockRetention(other)).toBe(true);
    expect(await removeOldUsage(db, 90, now)).toEqual({ hours: 0, clients: 0, writers: 0 });
  });
  expect(await removeOldUsage(db, 90, now)).toMatchObject({ hours: 1 });
});

it("skips rows that a writer has locked", async () => {
  await addHour(agoText(200), "held");
  await addHour(agoText(200), "free");
  for (const [client, days] of [
    ["first", 1],
    ["second", 2],
    ["third", 3],
  ] as const) {
    await addClient(client, agoText(days));
  }
  await pool.begin(async (writer) => {
    await writer`select 1 from usage_hours where scope = 'held' for update`;
    await writer`select 1 from key_callers where client = 'third' for update`;
    expect(await removeUsageHours(db, ago(90), 100)).toBe(1);
    expect(await removeExcessClients(db, 1, 100)).toBe(1);
  });
  expect(await clients()).toEqual(["first", "third"]);
});
