import { expect, it } from "vitest";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import type { EventReader } from "@/e2e/fixtures/event-reader";
import { testHub } from "@/e2e/fixtures/live-hub";
import { makeTestMember } from "@/e2e/fixtures/members";
import { deleteApiKey, editApiKey } from "@/lib/access/api-keys/lifecycle";
import type { MemberRole } from "@/lib/access/members/model";
import { createLiveQueries } from "./queries";

const test = await testHub();
const { db, pool, masterKey } = test;
const lastUse = { method: "GET", route: "/connections", status: 200, client: null, address: "10.0.0.1" };

it.each([["admin"], ["viewer"]] satisfies [MemberRole][])(
  "starts with the list that a %s may see",
  async (role) => {
    const events = test.open(await makeTestMember(db, role));
    const first = await events.next();
    expect(first).toEqual({
      kind: "list",
      list: await createLiveQueries(db)
        .keyList(test.environment, role)
        .then((list) => ({ ...list, serverTime: expect.any(String) })),
    });
    expect(first?.kind === "list" && first.list.viewOnly === null).toBe(role === "admin");
  },
);

it("sends a key that is created, changed or deleted, by the product or by SQL", async () => {
  const events = await test.watch();
  const { id } = await makeTestKey(db, masterKey, test.environment, ["environment:deploy"], "New");
  expect(await events.next()).toMatchObject({ kind: "key", key: { id, displayName: "New" } });
  await editApiKey(db, test.environment, testActor, { id, displayName: "Newer", grants: ["environment:*"] });
  expect(await events.next()).toMatchObject({
    kind: "key",
    key: { id, displayName: "Newer", grants: ["environment:*"] },
  });
  await pool`update api_keys set display_name = 'By hand' where id = ${id}`;
  expect(await events.next()).toMatchObject({ kind: "key", key: { id, displayName: "By hand" } });
  await deleteApiKey(db, test.environment, testActor, id);
  expect(await events.next()).toEqual({ kind: "deleted", id });
  await pool`delete from api_keys where id = ${test.key.id}`;
  expect(await events.next()).toEqual({ kind: "deleted", id: test.key.id });
});

it("sends a use without reading the database", async () => {
  const events = await test.watch();
  const at = "2026-11-24T10:00:00.000Z";
  await test.send(`use ${test.environment.id} ${test.key.id} ${at} ${JSON.stringify(lastUse)}`);
  expect(await events.next()).toEqual({ kind: "used", id: test.key.id, lastUsedAt: at, lastUse });
  await test.send(`use ${test.environment.id} ${test.key.id} ${at} null`);
  expect(await events.next()).toEqual({ kind: "used", id: test.key.id, lastUsedAt: at, lastUse: null });
  expect(test.reads).toMatchObject({ keyList: 1, keysById: 0 });
});

it("reads a key once for all pages and for all changes of one transaction", async () => {
  const watching = await Promise.all(Array.from({ length: 20 }, () => test.watch()));
  expect(test.reads.keyList).toBeLessThanOrEqual(2);
  await pool.begin(async (sql) => {
    for (const name of ["a", "b", "c"]) {
      await sql`update api_keys set display_name = ${name} where id = ${test.key.id}`;
    }
  });
  for (const events of watching) {
    expect(await events.next()).toMatchObject({ kind: "key", key: { displayName: "c" } });
  }
  expect(test.reads.keysById).toBe(1);
});

it("sends events only to pages of the same environment", async () => {
  const other = await makeTestEnvironment(db, false);
  const [mine, theirs] = await Promise.all([test.watch(), test.watch(test.admin, other)]);
  const { id } = await makeTestKey(db, masterKey, other, ["environment:mcp"]);
  expect(await theirs.next()).toMatchObject({ kind: "key", key: { id } });
  await deleteApiKey(db, test.environment, testActor, test.key.id);
  expect(await mine.next()).toEqual({ kind: "deleted", id: test.key.id });
});

it("misses no change while the list is read", async () => {
  const names = Array.from({ length: 30 }, (_, number) => `Key ${number}`);
  const making = (async () => {
    for (const name of names) await makeTestKey(db, masterKey, test.environment, ["environment:mcp"], name);
  })();
  const watching: EventReader[] = [];
  for (let streams = 0; streams < 20; streams++) {
    watching.push(test.open());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await making;
  await deleteApiKey(db, test.environment, testActor, test.key.id);
  for (const events of watching) {
    const seen = new Set<string>();
    for (let event = await events.next(); event?.kind !== "deleted"; event = await events.next()) {
      if (event?.kind === "list") for (const { displayName } of event.list.keys) seen.add(displayName);
      if (event?.kind === "key") seen.add(event.key.displayName);
    }
    expect([...seen].sort()).toEqual(["Mine", ...names].sort());
  }
});

it("sends the list to all pages again after the listener connection was lost", async () => {
  const events = await test.watch();
  const viewer = await test.watch(await makeTestMember(db, "viewer"));
  await pool.begin(async (sql) => {
    // The notification of this change finds no listener.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'
      and datname = current_database()`;
    await sql`update api_keys set display_name = 'Missed' where id = ${test.key.id}`;
  });
  const list = { keys: [{ id: test.key.id, displayName: "Missed" }] };
  expect(await events.next()).toMatchObject({ kind: "list", list: { ...list, viewOnly: null } });
  expect(await viewer.next()).toMatchObject({
    kind: "list",
    list: { ...list, viewOnly: expect.any(String) },
  });
});

it("rechecks access when a membership changes", async () => {
  const developer = await makeTestMember(db, "developer");
  await test.allReceived();
  const theirs = await test.watch(developer);
  const mine = await test.watch();
  await pool`update members set role = 'viewer' where id = ${developer.id}`;
  expect(await theirs.next()).toBeNull();
  expect(test.hub.stats()).toEqual({ streams: 1 });
  // The request was authorized with the role before the change.
  expect(await test.open(developer).next()).toBeNull();
  await pool`delete from members where id = ${developer.id}`;
  expect(await test.open(developer).next()).toBeNull();
  await deleteApiKey(db, test.environment, testActor, test.key.id);
  expect(await mine.next()).toEqual({ kind: "deleted", id: test.key.id });
});

it("sends the list when the environment changes, and ends when it is deleted", async () => {
  const developer = await test.watch(await makeTestMember(db, "developer"));
  await pool`update environments set is_production = false where id = ${test.environment.id}`;
  expect(await developer.next()).toMatchObject({ kind: "list", list: { viewOnly: null } });
  await pool`delete from environments where id = ${test.environment.id}`;
  const last = await developer.next();
  expect(last).toSatisfy((event) => event === null || event.kind === "deleted");
  if (last !== null) expect(await developer.next()).toBeNull();
  expect(test.hub.stats()).toEqual({ streams: 0 });
});

it("ends when the environment is renamed, because its URL no longer exists", async () => {
  const events = await test.watch();
  await pool`update environments set name = ${`${test.environment.name}-new`} where id = ${test.environment.id}`;
  expect(await events.next()).toBeNull();
});

it("sends no secret", async () => {
  const events = await test.watch();
  const { id, secret } = await makeTestKey(db, masterKey, test.environment, ["environment:mcp"]);
  await events.next();
  await pool`update api_keys set expires_at = now() + interval '1 day' where id = ${id}`;
  await events.next();
  await deleteApiKey(db, test.environment, testActor, id);
  await events.next();
  const [row] = await pool<
    { hash: Buffer; sealed: Buffer }[]
  >`select hash, sealed from api_keys where id = ${test.key.id}`;
  const text = events.text();
  expect(text).toContain('"displayName":"Mine"');
  for (const part of [test.key.secret, secret, secret.slice(-20)]) expect(text).not.toContain(part);
  for (const column of [row?.hash, row?.sealed]) {
    expect(column?.length).toBeGreaterThan(0);
    for (const form of ["hex", "base64", "base64url"] as const) {
      expect(text.toLowerCase()).not.toContain(column?.toString(form).toLowerCase());
    }
  }
});
