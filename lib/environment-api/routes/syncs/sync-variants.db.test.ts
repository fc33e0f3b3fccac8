import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { bearer } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";
import { initialStates, testSyncs } from "@/lib/testing/syncs";

const { call, connections, db, environmentId, key, onLeft, send, states, keyWith, masterKey, pool } =
  await testSyncs();

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
      await saveRecords(db, {
        environmentId,
        connectionRowId: connections.left.rowId,
        model,
        records: [{ id: 1 }],
      });
    }
    const response = await send("DELETE", "/sync/issues/variant/eu", onLeft());
    expect([response.status, response.body]).toEqual([200, { success: true }]);
    const kept =
      await pool`select model from records where connection_id = ${connections.left.rowId} order by model`;
    expect(kept.map(({ model }) => model)).toEqual(["Issue", "Issue::us", "User::eu"]);
    expect(await states()).toEqual(initialStates);
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
    expect(await states()).toEqual(initialStates);
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
    expect(await states("issues,issues::eu", connections.left)).toHaveLength(2);
  });

  it("allows at most 100 variants of a sync, also under concurrent requests", async () => {
    await pool`insert into syncs (environment_id, connection_id, function_id, variant, schedule)
      select s.environment_id, s.connection_id, s.function_id, 'v' || n, s.schedule
      from syncs s join functions f on f.id = s.function_id cross join generate_series(1, 97) as n
      where s.connection_id = ${connections.left.rowId} and f.name = 'issues'`;
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
    await saveRecords(db, {
      environmentId,
      connectionRowId: connections.left.rowId,
      model: "Issue",
      records: [{ id: 1 }],
    });
    const { secret: writer } = await keyWith("environment:connections:write");
    const path = `/connections/${connections.left.connectionId}?provider_config_key=${key()}`;
    expect(await call(path, { method: "DELETE", headers: bearer(writer) })).toMatchObject({ status: 200 });
    expect(await states()).toEqual(initialStates.slice(2));
    expect(await pool`select 1 from syncs where connection_id = ${connections.left.rowId}`).toHaveLength(0);
    expect(await pool`select 1 from records where connection_id = ${connections.left.rowId}`).toHaveLength(0);
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
    expect(await states()).toEqual(initialStates);
  });
});
