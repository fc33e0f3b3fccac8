import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { findApiKey } from "@/lib/access/api-keys/store";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { openLog } from "@/lib/infrastructure/log/log";
import { testDatabase } from "@/lib/testing/database";
import { testDatabaseProxy } from "@/lib/testing/database-tcp-proxy";
import { readKeyClients, readUsageHours } from "@/lib/testing/read-usage";
import { openUsageRecorder } from "./open-usage-recorder";
import type { KeyUse } from "./usage-aggregator";

const { db, pool, url } = await testDatabase();
const environment = await makeTestEnvironment(db, false);
const makeKey = () => makeTestKey(db, randomBytes(32), environment, ["environment:deploy"]);
const silentLog = openLog("silent", { write: () => {} });

function use(keyId: number, client = "curl 8.1"): KeyUse {
  const lastUse = { method: "GET", route: "/connections", status: 200, client, address: "10.0.0.1" };
  const scope = "any valid key";
  return { keyId, environmentId: environment.id, at: Date.now(), scope, outcome: "succeeded", lastUse };
}

async function calls(keyId: number): Promise<number> {
  const hours = await readUsageHours(db, environment.id, keyId, new Date(0));
  return hours.reduce((all, row) => all + row.calls, 0);
}

/** Returns the rows inserted and updated so far in the tables of a usage write. */
async function rowsWritten(): Promise<number> {
  // PostgreSQL counts the work of a session when the session is next idle.
  await pool`select pg_stat_force_next_flush()`;
  const [row] = await pool<{ rows: number }[]>`
    select sum(n_tup_ins + n_tup_upd)::int as rows from pg_stat_user_tables
    where relname in ('api_keys', 'usage_hours', 'key_callers', 'usage_writers')`;
  return row?.rows ?? 0;
}

it("writes 10,000 calls in ten seconds as ten batches of a few rows, with heartbeats", async () => {
  const { id } = await makeKey();
  const single = openPool(url, 1);
  afterAll(() => single.end({ timeout: 1 }));
  const usage = openUsageRecorder(databaseFromPool(single), silentLog);
  const before = await rowsWritten();
  const started = performance.now();
  let recorded = 0;
  let heartbeats = 0;
  while (recorded < 10_000) {
    await wait(50);
    const elapsed = performance.now() - started;
    for (; recorded < Math.min(10_000, elapsed); recorded += 1) usage.record(use(id));
    for (; heartbeats < Math.floor(elapsed / 550); heartbeats += 1)
      usage.trySendWithWrite(`beat test ${heartbeats}`);
  }
  await usage.flush();
  await single`select pg_stat_force_next_flush()`;
  await single.end({ timeout: 5 });
  const { writtenBatches, failedWrites } = usage.stats();
  expect(writtenBatches).toBeLessThanOrEqual(11);
  expect(failedWrites).toBe(0);
  // One row each: the writer, the key, the hour (two if a new hour begins), the client.
  expect((await rowsWritten()) - before).toBeLessThanOrEqual(4 * writtenBatches + 1);
  expect(await calls(id)).toBe(10_000);
});

describe("while the database is unreachable", () => {
  it("keeps pending calls and writes each one once the database is back", async () => {
    const { id } = await makeKey();
    const proxy = await testDatabaseProxy(url);
    const remote = openPool(proxy.url, 2);
    afterAll(() => remote.end({ timeout: 1 }));
    const usage = openUsageRecorder(databaseFromPool(remote), silentLog);

    for (let call = 0; call < 100; call += 1) usage.record(use(id));
    await usage.flush();
    expect(await calls(id)).toBe(100);

    proxy.disconnect();
    for (let call = 0; call < 50; call += 1) usage.record(use(id, "during the outage"));
    await expect.poll(() => usage.trySendWithWrite("beat test 1")).toBe(true);
    await expect.poll(() => usage.stats().failedWrites, { timeout: 10_000 }).toBeGreaterThan(0);
    for (let call = 0; call < 25; call += 1) usage.record(use(id, "later"));
    expect(usage.stats().pendingCalls).toBe(75);
    expect(await calls(id)).toBe(100);

    proxy.restore();
    proxy.dropNextResponse();
    await expect.poll(() => usage.stats().pendingCalls, { timeout: 20_000 }).toBe(0);
    expect(await calls(id)).toBe(175);
    const clients = await readKeyClients(db, environment.id, id);
    expect(clients.map(({ client, calls }) => [client, calls])).toEqual([
      ["later", 25],
      ["during the outage", 50],
      ["curl 8.1", 100],
    ]);
    expect(await findApiKey(db, environment.id, id)).toMatchObject({ lastUse: { client: "later" } });
  });
});
