import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { hashKeyHex } from "@/lib/access/api-keys/secret";
import { openNotifications } from "@/lib/infrastructure/notifications/notifications";
import { testDatabase } from "@/lib/testing/database";
import { openCachedKeyLookup } from "./cached-lookup";

const { db, pool, url } = await testDatabase();
const masterKey = randomBytes(32);
const signals = openNotifications(url);
const keys = openCachedKeyLookup(url, signals);

const leased = () =>
  vi.waitFor(() => expect(signals.isLeaseHeld()).toBe(true), { timeout: 10_000, interval: 5 });

beforeAll(leased);
afterAll(async () => {
  await keys.close();
  await signals.close();
});

/** A key that the cache answers for from memory. */
async function warmKey() {
  const environment = await makeTestEnvironment(db, false);
  const key = await makeTestKey(db, masterKey, environment, ["environment:deploy"]);
  const hash = hashKeyHex(key.secret);
  await vi.waitFor(async () => {
    await keys.lookup(hash);
    expect(keys.lookup(hash)).toMatchObject({ keyId: key.id });
  });
  return { id: key.id, environmentId: environment.id, lookup: () => keys.lookup(hash) };
}

const soon = <Value>(look: () => Value | Promise<Value>) => vi.waitFor(look, { timeout: 5000, interval: 5 });

test("a warm key costs no statement", async () => {
  const { lookup } = await warmKey();
  await leased();
  const before = keys.stats();
  for (let times = 0; times < 1000; times += 1) lookup();
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

test.each(Object.entries(changes))("%s is refused everywhere, and nothing else is", async (_, change) => {
  const [key, control] = [await warmKey(), await warmKey()];
  await change(key);
  await soon(async () => expect(await key.lookup()).toBeNull());
  expect(await control.lookup()).toMatchObject({ keyId: control.id });
});

test("changed scopes and an expiry set by hand are known", async () => {
  const { id, lookup } = await warmKey();
  await pool`update api_keys set scopes = '{environment:mcp}' where id = ${id}`;
  await soon(async () => expect(await lookup()).toMatchObject({ grants: ["environment:mcp"] }));
  await pool`update api_keys set expires_at = '2026-01-01T00:00:00Z' where id = ${id}`;
  const expiresAt = new Date("2026-01-01T00:00:00Z");
  await soon(async () => expect(await lookup()).toMatchObject({ expiresAt }));
});

test("a change rolled back changes nothing", async () => {
  const { id, lookup } = await warmKey();
  const rolledBack = pool.begin(async (sql) => {
    await sql`delete from api_keys where id = ${id}`;
    throw new Error("changed my mind");
  });
  await expect(rolledBack).rejects.toThrow("changed my mind");
  expect(await lookup()).toMatchObject({ keyId: id });
});

test("a use is not a change: the key stays in memory", async () => {
  const [used, deleted] = [await warmKey(), await warmKey()];
  await pool`update api_keys set last_used_at = now() where id = ${used.id}`;
  // Notifications keep their order: once this is heard, the use would have been.
  await pool`delete from api_keys where id = ${deleted.id}`;
  await soon(async () => expect(await deleted.lookup()).toBeNull());
  await leased();
  expect(used.lookup()).toMatchObject({ keyId: used.id });
});

test("what was changed while the listener was cut off is not accepted by memory afterwards", async () => {
  const { id, lookup } = await warmKey();
  await pool`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  await pool`delete from api_keys where id = ${id}`;
  await soon(async () => expect(await lookup()).toBeNull());
  await leased();
  expect(await lookup()).toBeNull();
});

test("every key emptied from the table is refused", async () => {
  const [one, two] = [await warmKey(), await warmKey()];
  await pool`truncate api_keys cascade`;
  await soon(async () => expect([await one.lookup(), await two.lookup()]).toEqual([null, null]));
});
