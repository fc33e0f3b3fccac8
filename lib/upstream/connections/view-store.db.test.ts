import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import type { Environment } from "@/lib/access/environments/model";
import { importConnection } from "@/lib/connect/connection-lifecycle/lifecycle";
import { testDatabase } from "@/lib/testing/database";
import { createIntegration } from "@/lib/upstream/integrations/lifecycle";
import { revealIntegration } from "@/lib/upstream/integrations/reveal";
import { findIntegrationView, listIntegrationViews } from "@/lib/upstream/integrations/view-store";
import { revealConnection } from "./reveal";
import { deleteConnection } from "./store";
import { type ConnectionListQuery, connectionListQuerySchema } from "./view";
import { countConnectionViews, findConnectionView, listConnectionViews } from "./view-store";

const { db, pool } = await testDatabase();
const masterKey = randomBytes(32);
const connectionCount = 25;

let environment: Environment;
let otherEnvironment: Environment;

async function addIntegration(environment: Environment, unique_key: string) {
  const credentials = { type: "OAUTH2", client_id: "PLANTED-id", client_secret: "PLANTED-client" } as const;
  const values = { provider: "github", unique_key, credentials };
  const created = await createIntegration(db, masterKey, environment.id, values);
  if (!created.ok) throw new Error(created.error);
  return created.value.id;
}

async function connect(environment: Environment, provider_config_key: string, connection_id: string) {
  const imported = await importConnection(db, masterKey, environment.id, {
    provider_config_key,
    connection_id,
    credentials: { type: "OAUTH2", access_token: "PLANTED-access", refresh_token: "PLANTED-refresh" },
    end_user: { id: `user ${connection_id}`, display_name: "Ann" },
    tags: { team: connection_id.endsWith("7") ? "blue=green" : "red" },
  });
  if (!imported.ok) throw new Error(imported.error);
  return imported.value.id;
}

const parseQuery = (query: Record<string, string>): ConnectionListQuery =>
  connectionListQuerySchema.parse(query);
const listIds = async (query: Record<string, string>, size = 100) =>
  (await listConnectionViews(db, environment.id, parseQuery(query), size)).connections.map(
    ({ connectionId }) => connectionId,
  );

beforeAll(async () => {
  environment = await makeTestEnvironment(db, false);
  otherEnvironment = await makeTestEnvironment(db, true);
  await addIntegration(environment, "code");
  await addIntegration(environment, "other");
  await addIntegration(otherEnvironment, "code");
  // All of them get the same creation time, so that the row id decides the order.
  for (let index = 0; index < connectionCount; index += 1) await connect(environment, "code", `c-${index}`);
  await pool`update connections set created_at = '2026-11-24T12:00:00.123456Z'`;
  await connect(environment, "other", "newest");
  await connect(otherEnvironment, "code", "theirs");
});

describe("the list of connections", () => {
  it("lists each of them once over all pages, newest first, even when created at the same time", async () => {
    const seen: string[] = [];
    let before: number | undefined;
    for (let pages = 1; ; pages += 1) {
      const page = await listConnectionViews(db, environment.id, { ...parseQuery({}), before }, 10);
      seen.push(...page.connections.map(({ connectionId }) => connectionId));
      before = page.connections.at(-1)?.id;
      if (page.hasMore) continue;
      expect(pages).toBe(3);
      break;
    }
    expect(seen).toEqual([
      "newest",
      ...Array.from({ length: connectionCount }, (_, index) => `c-${connectionCount - 1 - index}`),
    ]);
    expect(await countConnectionViews(db, environment.id, parseQuery({}))).toBe(connectionCount + 1);
  });

  it("continues after a connection that was deleted meanwhile", async () => {
    const id = await connect(environment, "other", "short-lived");
    await deleteConnection(db, environment.id, "other", "short-lived");
    expect(await listIds({ before: String(id) }, 2)).toEqual(["newest", "c-24"]);
  });

  it("is filtered by text, integration, tag and state", async () => {
    expect(await listIds({ q: "C-1" })).toHaveLength(11);
    expect(await listIds({ q: "ANN", integration: "other" })).toEqual(["newest"]);
    expect(await listIds({ tag: "TEAM=blue=green" })).toEqual(["c-17", "c-7"]);
    expect(await listIds({ q: "%" })).toEqual([]);
    expect(await listIds({ state: "failing" })).toEqual([]);
    const failure = JSON.stringify({ at: "2026-11-24T12:00:00Z", message: "no", failures: 2 });
    await pool`update connections set refresh_failure = ${failure}::jsonb where connection_id = 'c-3'`;
    expect(await listIds({ state: "failing" })).toEqual(["c-3"]);
    expect(await countConnectionViews(db, environment.id, parseQuery({ state: "failing" }))).toBe(1);
  });

  it("ignores invalid query parameters", async () => {
    const invalid = { q: "\u0000", integration: "a/b", tag: "x", state: "all", before: "1e99" };
    expect(Object.values(parseQuery(invalid)).filter((value) => value !== undefined)).toEqual([]);
    expect(await listIds({ before: "999999999" })).toEqual([]);
  });
});

it("finds a connection in its own environment only, and returns no credential", async () => {
  const [id] = (
    await listConnectionViews(db, environment.id, parseQuery({ q: "newest" }), 1)
  ).connections.map((c) => c.id);
  if (id === undefined) throw new Error("not found");
  const found = await findConnectionView(db, environment.id, id);
  expect(found).toMatchObject({ integration: "other", endUser: { display_name: "Ann" }, failure: null });
  expect(await findConnectionView(db, otherEnvironment.id, id)).toBeNull();
  const lists = [found, await listConnectionViews(db, environment.id, parseQuery({}), 100)];
  expect(JSON.stringify(lists)).not.toContain("PLANTED");
});

it("counts the connections and functions of an integration, and returns no credential", async () => {
  const listed = await listIntegrationViews(db, environment.id);
  expect(listed.map(({ uniqueKey, connections, functions }) => [uniqueKey, connections, functions])).toEqual([
    ["code", connectionCount, 0],
    ["other", 1, 0],
  ]);
  await pool`update integrations set custom = '{"tenant":"PLANTED-tenant","a":"b"}' where unique_key = 'other'`;
  const found = await findIntegrationView(db, environment.id, "other");
  expect(found).toMatchObject({ hasClient: true, connections: 1, customNames: ["a", "tenant"] });
  expect(await findIntegrationView(db, otherEnvironment.id, "other")).toBeNull();
  expect(JSON.stringify([listed, found])).not.toContain("PLANTED");
});

describe("a reveal", () => {
  const listAuditEvents = () =>
    pool`select action, actor_name, environment_id, subject_id, subject_name, detail from audit_events order by id`;

  it("returns the secrets of one connection or integration and records an audit event without the values", async () => {
    const other = await findIntegrationView(db, environment.id, "other");
    const [newest] = (await listConnectionViews(db, environment.id, parseQuery({ q: "newest" }), 1))
      .connections;
    if (other === null || newest === undefined) throw new Error("not found");
    expect(await revealConnection(db, masterKey, environment, testActor, newest.id)).toEqual({
      ok: true,
      value: [
        { name: "access_token", value: "PLANTED-access" },
        { name: "refresh_token", value: "PLANTED-refresh" },
        { name: "raw", value: expect.stringContaining('"access_token": "PLANTED-access"') },
      ],
    });
    expect(await revealIntegration(db, masterKey, environment, testActor, other.id)).toMatchObject({
      ok: true,
      value: [
        { name: "client_id", value: "PLANTED-id" },
        { name: "client_secret", value: "PLANTED-client" },
        { name: "custom.a", value: "b" },
        { name: "custom.tenant", value: "PLANTED-tenant" },
      ],
    });
    const auditEvents = await listAuditEvents();
    const where = { actor_name: "test", environment_id: String(environment.id) };
    expect(auditEvents).toMatchObject([
      {
        ...where,
        action: "connection.reveal",
        subject_id: String(newest.id),
        subject_name: "newest",
        detail: { of: "other" },
      },
      {
        ...where,
        action: "integration.reveal",
        subject_id: String(other.id),
        subject_name: "other",
        detail: {},
      },
    ]);
    expect(JSON.stringify(auditEvents)).not.toContain("PLANTED");
    expect((await findConnectionView(db, environment.id, newest.id))?.lastFetchedAt).toBeNull();

    for (const revealed of [
      await revealConnection(db, masterKey, otherEnvironment, testActor, newest.id),
      await revealIntegration(db, masterKey, otherEnvironment, testActor, other.id),
    ]) {
      expect(revealed).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
    expect(await listAuditEvents()).toHaveLength(2);
  });
});
