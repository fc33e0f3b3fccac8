import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { startSyncRunner } from "@/e2e/fixtures/sync-runner";
import {
  deployTestSync,
  makeTestConnection,
  makeTestIntegration,
  type TestConnection,
} from "@/e2e/fixtures/synced-connection";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";

const runner = await startSyncRunner();
afterAll(runner.close);
let configured: FunctionRunner | null = null;

const { db, pool, masterKey, environment, call, keyWith } = await testApi({
  functionRunner: () => configured,
});
const environmentId = environment.id;
const { secret } = await keyWith(
  "environment:syncs:read",
  "environment:syncs:execute",
  "environment:syncs:manage",
);

const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, {
    method,
    headers: { ...bearer(secret), "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

let left: TestConnection;
let right: TestConnection;

beforeEach(async () => {
  configured = null;
  runner.received.length = 0;
  runner.status = 202;
  const integration = await makeTestIntegration(db, masterKey, environmentId);
  left = await makeTestConnection(db, masterKey, environmentId, integration);
  const issues = { name: "issues", models: ["Issue", "Label"], runs: "every hour", autoStart: true };
  await deployTestSync(db, environmentId, integration, issues);
  await deployTestSync(db, environmentId, integration, {
    ...issues,
    name: "users",
    models: ["User"],
    runs: null,
    autoStart: false,
  });
  // One connection is created before the syncs, the other after them.
  right = await makeTestConnection(db, masterKey, environmentId, integration);
});

const key = () => left.providerConfigKey;
const onLeft = () => ({ provider_config_key: key(), connection_id: left.connectionId });

async function status(syncs = "*", connection?: TestConnection) {
  const query = new URLSearchParams({ syncs, provider_config_key: key() });
  if (connection !== undefined) query.set("connection_id", connection.connectionId);
  return call(`/sync/status?${query}`, { headers: bearer(secret) });
}

/** Formats each sync as `connection name variant: STATUS frequency`, with left or right as the connection. */
async function states(syncs = "*", connection?: TestConnection): Promise<string[]> {
  const { body } = await status(syncs, connection);
  const lines = JSON.stringify(body).matchAll(
    /"connection_id":"([^"]+)","name":"([^"]+)","variant":"([^"]+)","type":"[A-Z]+","status":"([A-Z]+)","frequency":("[^"]+"|null)/g,
  );
  return [...lines].map(
    ([, id, name, variant, state, frequency]) =>
      `${id === left.connectionId ? "left" : "right"} ${name} ${variant}: ${state} ${frequency}`,
  );
}

const untouched = [
  'left issues base: STOPPED "every hour"',
  "left users base: PAUSED null",
  'right issues base: STOPPED "every hour"',
  "right users base: PAUSED null",
];

describe("GET /sync/status", () => {
  it("lists every sync of every connection as not yet run", async () => {
    expect(await states()).toEqual(untouched);
    expect((await status("issues", left)).body).toEqual({
      syncs: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          connection_id: left.connectionId,
          name: "issues",
          variant: "base",
          type: "INITIAL",
          status: "STOPPED",
          frequency: "every hour",
          nextScheduledSyncAt: null,
          recordCount: { Issue: 0, Label: 0 },
          checkpoint: null,
        },
      ],
    });
  });

  it("returns the last run, the checkpoint and the record counts without deleted records", async () => {
    const changes = { environmentId, connectionId: left.row, model: "Issue" };
    await saveRecords(db, { ...changes, records: [{ id: 1 }, { id: 2 }, { id: 3 }] });
    await saveRecords(db, { ...changes, records: [], deleted: ["2"] });
    await pool`update syncs set last_run_status = 'ERROR', last_run_finished_at = '2026-01-02T03:04:05Z',
      last_run_result = '{"Issue":{"added":3,"updated":0,"deleted":1}}', checkpoint = '{"page":7}'
      from functions f where f.id = function_id and f.name = 'issues' and connection_id = ${left.row}`;
    expect((await status("issues")).body).toMatchObject({
      syncs: [
        {
          type: "INCREMENTAL",
          status: "ERROR",
          finishedAt: "2026-01-02T03:04:05.000Z",
          latestExecutionStatus: "ERROR",
          latestResult: { Issue: { added: 3, updated: 0, deleted: 1 } },
          recordCount: { Issue: 2, Label: 0 },
          checkpoint: { page: 7 },
        },
        { type: "INITIAL", recordCount: { Issue: 0, Label: 0 } },
      ],
    });
  });

  it("selects names and variants, and leaves out unknown ones", async () => {
    await send("POST", "/sync/issues/variant/eu", onLeft());
    expect(await states("issues::eu,users,nothing", left)).toEqual([
      'left issues eu: STOPPED "every hour"',
      "left users base: PAUSED null",
    ]);
    expect(await states("issues::base", right)).toEqual(['right issues base: STOPPED "every hour"']);
  });

  it("rejects an unknown connection or integration and an invalid query", async () => {
    const read = (query: string) => call(`/sync/status?${query}`, { headers: bearer(secret) });
    expect(await read(`syncs=*&provider_config_key=${key()}&connection_id=unknown`)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_body", message: "Connection not found" } },
    });
    expect(await read("syncs=*&provider_config_key=none")).toMatchObject({
      status: 400,
      body: { error: { code: "unknown_provider_config" } },
    });
    for (const query of [
      `provider_config_key=${key()}`,
      "syncs=*",
      `syncs=a%20b&provider_config_key=${key()}`,
      `syncs=a&syncs=b&provider_config_key=${key()}`,
      `syncs=*&provider_config_key=${key()}&more=1`,
    ]) {
      expect(await read(query)).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_query_params" } },
      });
    }
  });
});

describe("POST /sync/start and /sync/pause", () => {
  it("change the schedule of the named syncs, on one connection or on all", async () => {
    const paused = await send("POST", "/sync/pause", { syncs: ["issues"], ...onLeft() });
    expect(paused).toMatchObject({ status: 200, body: { success: true } });
    expect(await states()).toEqual(['left issues base: PAUSED "every hour"', ...untouched.slice(1)]);

    await send("POST", "/sync/start", { syncs: [{ name: "users" }], provider_config_key: key() });
    expect(await states("users")).toEqual([
      "left users base: STOPPED null",
      "right users base: STOPPED null",
    ]);

    await send("POST", "/sync/pause", { syncs: [], provider_config_key: key() });
    expect((await states()).every((line) => line.includes("PAUSED"))).toBe(true);
  });

  it("distinguish variants", async () => {
    await send("POST", "/sync/issues/variant/eu", onLeft());
    await send("POST", "/sync/pause", { syncs: ["issues::eu"], ...onLeft() });
    expect(await states("issues,issues::eu", left)).toEqual([
      'left issues base: STOPPED "every hour"',
      'left issues eu: PAUSED "every hour"',
    ]);
    await send("POST", "/sync/start", { syncs: [{ name: "issues", variant: "eu" }], ...onLeft() });
    expect(await states("issues::eu", left)).toEqual(['left issues eu: STOPPED "every hour"']);
  });

  it.each(["/sync/start", "/sync/pause", "/sync/trigger"])(
    "%s rejects unknown targets, and changes nothing",
    async (path) => {
      configured = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
      const empty = await makeTestIntegration(db, masterKey, environmentId);
      const cases: [body: object, status: number, code: string][] = [
        [{ syncs: [], provider_config_key: "none" }, 400, "unknown_provider_config"],
        [{ syncs: [], provider_config_key: key(), connection_id: "unknown" }, 404, "unknown_connection"],
        [{ syncs: [], provider_config_key: empty.uniqueKey }, 400, "no_syncs_found"],
        [{ syncs: ["issues", "nothing"], ...onLeft() }, 400, "no_syncs_found"],
        [{ syncs: ["issues::eu"], ...onLeft() }, 400, "no_syncs_found"],
        [{ syncs: "issues", ...onLeft() }, 400, "invalid_body"],
        [{ syncs: [1], ...onLeft() }, 400, "invalid_body"],
        [{ ...onLeft() }, 400, "invalid_body"],
        [{ syncs: [], ...onLeft(), more: 1 }, 400, "invalid_body"],
      ];
      for (const [body, expected, code] of cases) {
        expect(await send("POST", path, body)).toMatchObject({ status: expected, body: { error: { code } } });
      }
      expect(await states()).toEqual(untouched);
      expect(await pool`select 1 from syncs where requested_run is not null`).toHaveLength(0);
      expect(runner.received).toEqual([]);
    },
  );

  it("require an integration in the body, and at most 256 syncs", async () => {
    const headers = { "provider-config-key": key() };
    expect(await send("POST", "/sync/start", { syncs: [] }, headers)).toMatchObject({ status: 400 });
    const syncs = Array.from({ length: 257 }, () => "issues");
    expect(await send("POST", "/sync/start", { syncs, ...onLeft() })).toMatchObject({ status: 400 });
    expect(await send("POST", "/sync/start", { syncs: syncs.slice(1), ...onLeft() })).toMatchObject({
      status: 200,
    });
  });
});

describe("POST /sync/trigger", () => {
  const requested = async () =>
    (
      await pool<
        { run: unknown }[]
      >`select requested_run as run from syncs s join functions f on f.id = function_id
        where s.connection_id = ${left.row} order by f.name, s.variant`
    ).map(({ run }) => run);

  it("answers 503 without a function runner, and stores nothing", async () => {
    const response = await send("POST", "/sync/trigger", { syncs: ["issues"], ...onLeft() });
    expect(response.status).toBe(503);
    expect(response.body).toEqual({
      error: { code: "service_unavailable", message: "No function runner is configured" },
    });
    expect(await requested()).toEqual([null, null]);
  });

  it("stores the request and calls the runner", async () => {
    configured = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
    const response = await send(
      "POST",
      "/sync/trigger",
      { syncs: ["issues"], opts: { reset: true, emptyCache: true } },
      { "provider-config-key": key(), "connection-id": left.connectionId },
    );
    expect(response).toMatchObject({ status: 200, body: { success: true } });
    expect(await requested()).toEqual([{ mode: "full", emptyCache: true }, null]);
    const { body } = await status("issues", left);
    expect(body).toMatchObject({ syncs: [{ status: "STOPPED", nextScheduledSyncAt: null }] });
    expect(runner.received).toEqual([
      {
        type: "sync-request",
        environment_id: environmentId,
        provider_config_key: key(),
        mode: "full",
        empty_cache: true,
        syncs: [
          { id: expect.any(String), name: "issues", variant: "base", connection_id: left.connectionId },
        ],
      },
    ]);

    // A weaker request does not replace the pending one.
    await send("POST", "/sync/trigger", { syncs: [], ...onLeft() });
    expect(await requested()).toEqual([
      { mode: "full", emptyCache: true },
      { mode: "incremental", emptyCache: false },
    ]);
  });

  it.each([
    [{}, "incremental", false],
    [{ opts: {} }, "incremental", false],
    [{ opts: { reset: true } }, "full", false],
    [{ opts: { emptyCache: true } }, "incremental", true],
    [{ sync_mode: "incremental" }, "incremental", false],
    [{ sync_mode: "full_refresh" }, "full", false],
    [{ sync_mode: "full_refresh_and_clear_cache" }, "full", true],
    [{ full_resync: true }, "full", false],
    [{ full_resync: false }, "incremental", false],
  ])("reads %j as %s, cache emptied: %s", async (options, mode, emptyCache) => {
    configured = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
    await send("POST", "/sync/trigger", { syncs: ["issues"], ...onLeft(), ...options });
    expect((await requested())[0]).toEqual({ mode, emptyCache });
  });

  it("rejects opts combined with a deprecated field, and a missing integration", async () => {
    configured = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
    for (const other of [{ sync_mode: "full_refresh" }, { full_resync: true }]) {
      const body = { syncs: ["issues"], ...onLeft(), opts: { reset: true }, ...other };
      expect(await send("POST", "/sync/trigger", body)).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_body" } },
      });
    }
    expect(await send("POST", "/sync/trigger", { syncs: [] }, { "provider-config-key": "" })).toMatchObject({
      status: 400,
      body: { error: { code: "missing_provider_config_key" } },
    });
  });

  it("answers 503 when the runner fails or is unavailable, and keeps the request stored", async () => {
    configured = createHttpFunctionRunner({ url: runner.url, timeoutMs: 5000 });
    runner.status = 500;
    const failed = await send("POST", "/sync/trigger", { syncs: ["issues"], ...onLeft() });
    expect(failed).toMatchObject({ status: 503, body: { error: { code: "service_unavailable" } } });
    const gone = await startSyncRunner();
    await gone.close();
    configured = createHttpFunctionRunner({ url: gone.url, timeoutMs: 5000 });
    expect(await send("POST", "/sync/trigger", { syncs: ["users"], ...onLeft() })).toMatchObject({
      status: 503,
    });
    expect(await requested()).toEqual([
      { mode: "incremental", emptyCache: false },
      { mode: "incremental", emptyCache: false },
    ]);
  });
});

describe("PUT /sync/update-connection-frequency", () => {
  const put = (change: object) =>
    send("PUT", "/sync/update-connection-frequency", { sync_name: "issues", ...onLeft(), ...change });

  it("sets the frequency of one connection's sync; null resets it to the deployed one", async () => {
    const set = await put({ frequency: "every 5 minutes" });
    expect([set.status, set.body]).toEqual([200, { frequency: "every 5 minutes" }]);
    expect(await states("issues")).toEqual([
      'left issues base: STOPPED "every 5 minutes"',
      'right issues base: STOPPED "every hour"',
    ]);
    expect((await put({ frequency: null })).body).toEqual({ frequency: "every hour" });
    expect(await states()).toEqual(untouched);
  });

  it("sets the named variant, and the base when none is named", async () => {
    await send("POST", "/sync/issues/variant/eu", onLeft());
    await put({ sync_variant: "eu", frequency: "10m" });
    await put({ sync_variant: "BASE", frequency: "20m" });
    expect(await states("issues,issues::eu", left)).toEqual([
      'left issues base: STOPPED "20m"',
      'left issues eu: STOPPED "10m"',
    ]);
  });

  it.each([
    [{ frequency: "29s" }, "invalid_body"],
    [{ frequency: "often" }, "invalid_body"],
    [{}, "invalid_body"],
    [{ frequency: "1h", connection_id: "unknown" }, "unknown_connection"],
    [{ frequency: "1h", provider_config_key: "none" }, "unknown_connection"],
    [{ frequency: "1h", sync_name: "nothing" }, "unknown_sync"],
    [{ frequency: "1h", sync_variant: "eu" }, "unknown_sync"],
  ])("rejects %j as %s", async (change, code) => {
    expect(await put(change)).toMatchObject({ status: 400, body: { error: { code } } });
    expect(await states()).toEqual(untouched);
  });
});

describe("/sync/{name}/variant/{variant}", () => {
  it("adds a variant with the schedule of its base", async () => {
    await send("POST", "/sync/pause", { syncs: ["issues"], ...onLeft() });
    const response = await send("POST", "/sync/issues/variant/eu", onLeft());
    expect([response.status, response.body]).toEqual([
      200,
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: "issues", variant: "eu" },
    ]);
    expect(await states("issues::eu")).toEqual(['left issues eu: PAUSED "every hour"']);
  });

  it("deletes a variant with its records, and keeps all others", async () => {
    await send("POST", "/sync/issues/variant/eu", onLeft());
    for (const model of ["Issue", "Issue::eu", "Label::eu", "User::eu", "Issue::us"]) {
      await saveRecords(db, { environmentId, connectionId: left.row, model, records: [{ id: 1 }] });
    }
    const response = await send("DELETE", "/sync/issues/variant/eu", onLeft());
    expect([response.status, response.body]).toEqual([200, { success: true }]);
    const kept = await pool`select model from records where connection_id = ${left.row} order by model`;
    expect(kept.map(({ model }) => model)).toEqual(["Issue", "Issue::us", "User::eu"]);
    expect(await states()).toEqual(untouched);
    expect(await send("DELETE", "/sync/issues/variant/eu", onLeft())).toMatchObject({
      status: 404,
      body: { error: { code: "not_found" } },
    });
  });

  it.each(["base", "BASE", "Base"])("protects %s", async (variant) => {
    for (const method of ["POST", "DELETE"]) {
      expect(await send(method, `/sync/issues/variant/${variant}`, onLeft())).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_variant" } },
      });
    }
    expect(await states()).toEqual(untouched);
  });

  it("rejects an existing variant, unknown targets and invalid names", async () => {
    const unknownTarget = { ...onLeft(), connection_id: "unknown" };
    await send("POST", "/sync/issues/variant/eu", onLeft());
    const cases: [method: string, path: string, body: object, status: number, code: string][] = [
      ["POST", "/sync/issues/variant/eu", onLeft(), 400, "sync_variant_already_exists"],
      ["POST", "/sync/nothing/variant/eu", onLeft(), 400, "unknown_sync"],
      ["POST", "/sync/issues/variant/us", unknownTarget, 400, "unknown_connection"],
      ["DELETE", "/sync/issues/variant/eu", unknownTarget, 400, "unknown_connection"],
      ["DELETE", "/sync/nothing/variant/eu", onLeft(), 404, "not_found"],
      ["DELETE", "/sync/issues/variant/eu", {}, 400, "invalid_body"],
      ["POST", "/sync/issues/variant/a%20b", onLeft(), 400, "invalid_uri_params"],
    ];
    for (const [method, path, body, expected, code] of cases) {
      expect(await send(method, path, body)).toMatchObject({ status: expected, body: { error: { code } } });
    }
    expect(await states("issues,issues::eu", left)).toHaveLength(2);
  });

  it("allows at most 100 variants of a sync, also under concurrent requests", async () => {
    await pool`insert into syncs (environment_id, connection_id, function_id, variant, schedule)
      select s.environment_id, s.connection_id, s.function_id, 'v' || n, s.schedule
      from syncs s join functions f on f.id = s.function_id cross join generate_series(1, 97) as n
      where s.connection_id = ${left.row} and f.name = 'issues'`;
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, n) => send("POST", `/sync/issues/variant/w${n}`, onLeft())),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(3);
    const rejected = responses.filter(({ status }) => status !== 200);
    expect(rejected.every(({ body }) => JSON.stringify(body).includes("resource_capped"))).toBe(true);
    expect(await send("POST", "/sync/users/variant/one", onLeft())).toMatchObject({ status: 200 });
  });

  it("creates a variant once under concurrent requests", async () => {
    const responses = await Promise.all(
      Array.from({ length: 6 }, () => send("POST", "/sync/issues/variant/eu", onLeft())),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
  });
});

describe("syncs and connections", () => {
  it("are deleted together: no syncs or records remain of a deleted connection", async () => {
    await saveRecords(db, { environmentId, connectionId: left.row, model: "Issue", records: [{ id: 1 }] });
    const { secret: writer } = await keyWith("environment:connections:write");
    const path = `/connections/${left.connectionId}?provider_config_key=${key()}`;
    expect(await call(path, { method: "DELETE", headers: bearer(writer) })).toMatchObject({ status: 200 });
    expect(await states()).toEqual(untouched.slice(2));
    expect(await pool`select 1 from syncs where connection_id = ${left.row}`).toHaveLength(0);
    expect(await pool`select 1 from records where connection_id = ${left.row}`).toHaveLength(0);
  });

  it("do not exist for another environment", async () => {
    const elsewhere = await makeTestEnvironment(db, false);
    const stranger = await makeTestKey(db, masterKey, elsewhere, ["environment:*"]);
    const headers = { ...bearer(stranger.secret), "content-type": "application/json" };
    const query = new URLSearchParams({ syncs: "*", provider_config_key: key() });
    expect(await call(`/sync/status?${query}`, { headers })).toMatchObject({
      status: 400,
      body: { error: { code: "unknown_provider_config" } },
    });
    const body = JSON.stringify({ syncs: [], provider_config_key: key() });
    expect(await call("/sync/pause", { method: "POST", headers, body })).toMatchObject({ status: 400 });
    expect(await states()).toEqual(untouched);
  });
});
