import { testActor } from "@/e2e/fixtures/actor";
import { expect, test } from "@/e2e/fixtures/api-test";
import { type EventReader, readEvents } from "@/e2e/fixtures/event-reader";
import { makeTestMember } from "@/e2e/fixtures/members";
import { cookieHeader, type SessionState } from "@/e2e/fixtures/session";
import { testLength } from "@/e2e/fixtures/test-length";
import { deleteApiKey } from "@/lib/access/api-keys/lifecycle";

const addressOf = (environment: string) => `/internal/env/${environment}/api-keys/events`;

async function request(url: string, session: SessionState, method = "GET"): Promise<Response> {
  // As a browser asks, which would also take it compressed.
  const headers = { cookie: cookieHeader(session), "accept-encoding": "gzip, br" };
  return fetch(url, { method, headers });
}

async function watch(url: string, session: SessionState): Promise<EventReader> {
  const response = await request(url, session);
  if (response.status !== 200 || response.body === null) throw new Error(await response.text());
  return readEvents(response.body);
}

test("a viewer receives events at once, without compression and never from a cache", async ({
  server,
  db,
  call,
  environment,
  apiKey,
  sessionOf,
}) => {
  const { id, secret } = await apiKey(["environment:*"]);
  const response = await request(server.baseURL + addressOf(environment.name), await sessionOf("viewer"));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  });
  expect(response.headers.get("content-encoding")).toBeNull();
  if (response.body === null) throw new Error("no body");
  const events = readEvents(response.body);
  expect(await events.next()).toMatchObject({
    kind: "list",
    list: { keys: [{ id }], viewOnly: expect.stringContaining("viewer") },
  });
  expect((await call({ method: "GET", path: "/connections", key: secret })).status).toBe(200);
  expect(await events.nextOfKind("used")).toMatchObject({
    kind: "used",
    id,
    lastUse: { route: "/connections", status: 200 },
  });
  await deleteApiKey(db, environment, testActor, id);
  expect(await events.nextOfKind("deleted")).toEqual({ kind: "deleted", id });
  expect(events.text()).not.toContain(secret);
  await events.close();
});

test("a person has at most 50 streams, and one that is left counts no more", async ({
  server,
  db,
  environment,
  writeSession,
}) => {
  const session = await writeSession(await makeTestMember(db, "viewer"));
  const url = server.baseURL + addressOf(environment.name);
  for (let asked = 0; asked < 60; asked++) expect((await request(url, session, "HEAD")).status).toBe(200);
  const open = await Promise.all(Array.from({ length: 50 }, () => watch(url, session)));
  for (const events of open) expect(await events.next()).toMatchObject({ kind: "list" });
  const refused = await request(url, session);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await refused.json()).toMatchObject({ error: { code: "too_many" } });
  await Promise.all(open.map((events) => events.close()));
  await expect
    .poll(async () => {
      const again = await request(url, session);
      await again.body?.cancel();
      return again.status;
    })
    .toBe(200);
});

const people = testLength({ short: 4, long: 10 });
const streams = people * 50;

test(`${streams} streams can be open in one process, and each receives a change`, async ({
  server,
  db,
  environment,
  apiKey,
  writeSession,
}) => {
  const { id } = await apiKey(["environment:mcp"]);
  const url = server.baseURL + addressOf(environment.name);
  const sessions = [];
  for (let person = 0; person < people; person++) {
    sessions.push(await writeSession(await makeTestMember(db, "viewer")));
  }
  const open = await Promise.all(
    sessions.flatMap((session) => Array.from({ length: 50 }, () => watch(url, session))),
  );
  expect(open).toHaveLength(streams);
  for (const events of open) expect(await events.next()).toMatchObject({ kind: "list" });
  await deleteApiKey(db, environment, testActor, id);
  for (const events of open) expect(await events.nextOfKind("deleted")).toEqual({ kind: "deleted", id });
  await Promise.all(open.map((events) => events.close()));
});

test("a person who is removed receives nothing more", async ({ server, db, environment, writeSession }) => {
  const member = await makeTestMember(db, "viewer");
  const session = await writeSession(member);
  const url = server.baseURL + addressOf(environment.name);
  const events = await watch(url, session);
  expect(await events.next()).toMatchObject({ kind: "list" });
  await db.execute(`delete from members where id = ${member.id}`);
  expect(await events.next()).toBeNull();
  expect((await request(url, session)).status).toBe(401);
});
