import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { testActor } from "@/e2e/fixtures/actor";
import { neverDisconnects, testHub } from "@/e2e/fixtures/live-hub";
import { makeTestMember } from "@/e2e/fixtures/members";
import { deleteApiKey } from "@/lib/access/api-keys/lifecycle";

const test = await testHub();
const { db, pool } = test;

it("ends all streams and opens none while the lease is lost", async () => {
  test.restartHub({ staleTimeoutMs: 300 });
  const events = await test.watch();
  test.isLeaseHeld = false;
  expect(await events.next()).toBeNull();
  expect(test.hub.open(test.environment, test.admin, neverDisconnects())).toEqual({
    ok: false,
    error: "paused",
  });
  test.isLeaseHeld = true;
  await test.watch();
});

it("limits the streams of a member and of the process", async () => {
  test.restartHub({ maxStreamsPerMember: 2, maxStreamsPerProcess: 3 });
  const first = await test.watch();
  await test.watch();
  expect(test.hub.open(test.environment, test.admin, neverDisconnects())).toEqual({
    ok: false,
    error: "too_many",
  });
  await test.watch(await makeTestMember(db, "admin"));
  expect(test.hub.open(test.environment, await makeTestMember(db, "admin"), neverDisconnects())).toEqual({
    ok: false,
    error: "too_many",
  });
  await first.close();
  expect(test.hub.stats()).toEqual({ streams: 2 });
  await test.watch();
});

it("ends the stream of a page that does not read, and no other", async () => {
  test.restartHub({ bufferBytes: 4096 });
  const idle = test.hub.open(test.environment, test.admin, neverDisconnects());
  const events = await test.watch();
  while (test.hub.stats().streams > 1) {
    await pool`update api_keys set display_name = ${randomBytes(90).toString("hex")} where id = ${test.key.id}`;
    expect(await events.next()).toMatchObject({ kind: "key" });
  }
  expect(idle.ok).toBe(true);
  await deleteApiKey(db, test.environment, testActor, test.key.id);
  expect(await events.next()).toEqual({ kind: "deleted", id: test.key.id });
});

it("ends every stream after its lifetime, so that the session is checked again", async () => {
  test.restartHub({ streamLifetimeMs: 50 });
  expect(await (await test.watch()).next()).toBeNull();
  expect(test.hub.stats()).toEqual({ streams: 0 });
});

it("sends the server's time", async () => {
  test.restartHub({ timeEventIntervalMs: 20 });
  const events = await test.watch();
  expect(await events.nextIncludingTime()).toEqual({ kind: "time", serverTime: expect.any(String) });
});

it("ends all streams and opens none once closed", async () => {
  const events = await test.watch();
  test.hub.close();
  expect(await events.next()).toBeNull();
  expect(test.hub.open(test.environment, test.admin, neverDisconnects())).toEqual({
    ok: false,
    error: "paused",
  });
});

it("drops a page that disconnects before it has read its stream", async () => {
  const leaving = new AbortController();
  const events = test.open(test.admin, test.environment, leaving.signal);
  expect(test.hub.stats()).toEqual({ streams: 1 });
  leaving.abort();
  expect(test.hub.stats()).toEqual({ streams: 0 });
  expect(await events.next()).toBeNull();
  expect(await test.open(test.admin, test.environment, leaving.signal).next()).toBeNull();
  expect(test.hub.stats()).toEqual({ streams: 0 });
});

it("ends the streams when a read fails, and opens new ones once reads succeed", async () => {
  const events = await test.watch();
  await pool`alter table api_keys rename to out_of_reach`;
  await test.send(`environment ${test.environment.id}`);
  expect(await events.next()).toBeNull();
  await pool`alter table out_of_reach rename to api_keys`;
  expect(test.failures.splice(0)).toHaveLength(1);
  await test.watch();
});
