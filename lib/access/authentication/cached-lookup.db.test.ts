import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { hashKeyHex } from "@/lib/access/api-keys/hash-key";
import { openNotificationListener } from "@/lib/infrastructure/notifications/notification-listener";
import { testDatabase } from "@/lib/testing/database";
import { openCachedKeyLookup } from "./cached-lookup";

const { db, pool, url } = await testDatabase();
const masterKey = randomBytes(32);
const notifications = openNotificationListener(url);
const keys = openCachedKeyLookup(url, notifications);

const untilLeaseHeld = () =>
  vi.waitFor(() => expect(notifications.isLeaseHeld()).toBe(true), { timeout: 10_000, interval: 5 });

beforeAll(untilLeaseHeld);
afterAll(async () => {
  await keys.close();
  await notifications.close();
});

/** Makes a key and caches it. */
async function makeCachedKey() {
  const environment = await makeTestEnvironment(db, false);
  const key = await makeTestKey(db, masterKey, environment, ["environment:deploy"]);
  const hash = hashKeyHex(key.secret);
  await vi.waitFor(async () => {
    await keys.lookup(hash);
    expect(keys.lookup(hash)).toMatchObject({ keyId: key.id });
  });
  return { id: key.id, environmentId: environment.id, lookup: () => keys.lookup(hash) };
}

const eventually = <Value>(check: () => Value | Promise<Value>) =>
  vi.waitFor(check, { timeout: 5000, interval: 5 });

test("a cached key needs no query", async () => {
  const { lookup } = await makeCachedKey();
  await untilLeaseHeld();
  const before = keys.stats();
  for (let times = 0; times < 1000; times += 1) void lookup();
  expect(keys.stats()).toMatchObject({ hits: before.hits + 1000, misses: before.misses });
});

const changes: Record<string, (key: { id: number; environmentId: number }) => Promise<unknown>> = {
  "a key deleted by hand": ({ id }) => pool`delete from api_keys where id = ${id}`,
  "an environment deleted": ({ environmentId }) => pool`delete from environments where id = ${environmentId}`,
  "a hash replaced": ({ id }) => pool`update api_keys set hash = ${randomBytes(32)} where id = ${id}`,
  "a deletion in a replication session": ({ id }) =>
    pool.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`delete from api_keys where id = ${id}`;
    }),
};

test.each(Object.entries(changes))("%s is rejected, and no other key is", async (_, change) => {
  const [key, control] = [await makeCachedKey(), await makeCachedKey()];
  await change(key);
  await eventually(async () => expect(await key.lookup()).toBeNull());
  expect(await control.lookup()).toMatchObject({ keyId: control.id });
});

test("scopes and an expiry changed by hand take effect", async () => {
  const { id, lookup } = await makeCachedKey();
  await pool`update api_keys set scopes = '{environment:mcp}' where id = ${id}`;
  await eventually(async () => expect(await lookup()).toMatchObject({ grants: ["environment:mcp"] }));
  await pool`update api_keys set expires_at = '2026-01-01T00:00:00Z' where id = ${id}`;
  const expiresAt = new Date("2026-01-01T00:00:00Z");
  await eventually(async () => expect(await lookup()).toMatchObject({ expiresAt }));
});

test("a rolled back change has no effect", async () => {
  const { id, lookup } = await makeCachedKey();
  const rolledBack = pool.begin(async (sql) => {
    await sql`delete from api_keys where id = ${id}`;
    throw new Error("roll back");
  });
  await expect(rolledBack).rejects.toThrow("roll back");
  expect(await lookup()).toMatchObject({ keyId: id });
});

test("a use of a key does not remove it from the cache", async () => {
  const [used, deleted] = [await makeCachedKey(), await makeCachedKey()];
  await pool`update api_keys set last_used_at = now() where id = ${used.id}`;
  // Notifications arrive in order: once this one has been received, one for the use would have been, too.
  await pool`delete from api_keys where id = ${deleted.id}`;
  await eventually(async () => expect(await deleted.lookup()).toBeNull());
  await untilLeaseHeld();
  expect(used.lookup()).toMatchObject({ keyId: used.id });
});

test("a key deleted while the listener was disconnected is rejected afterwards", async () => {
  const { id, lookup } = await makeCachedKey();
  await pool`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  await pool`delete from api_keys where id = ${id}`;
  await eventually(async () => expect(await lookup()).toBeNull());
  await untilLeaseHeld();
  expect(await lookup()).toBeNull();
});

test("every key of a truncated table is rejected", async () => {
  const [one, two] = [await makeCachedKey(), await makeCachedKey()];
  await pool`truncate api_keys cascade`;
  await eventually(async () => expect([await one.lookup(), await two.lookup()]).toEqual([null, null]));
});
