import { describe, expect, it } from "vitest";
import { makeTestIntegration } from "@/e2e/fixtures/synced-connection";
import { initialStates, testSyncs } from "@/lib/testing/syncs";

const { connections, db, environmentId, key, masterKey, onLeft, pool, runner, send, states, useRunner } =
  await testSyncs();

describe("POST /sync/start and /sync/pause", () => {
  it("change the schedule of the named syncs, on one connection or on all", async () => {
    const paused = await send("POST", "/sync/pause", { syncs: ["issues"], ...onLeft() });
    expect(paused).toMatchObject({ status: 200, body: { success: true } });
    expect(await states()).toEqual(['left issues base: PAUSED "every hour"', ...initialStates.slice(1)]);

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
    expect(await states("issues,issues::eu", connections.left)).toEqual([
      'left issues base: STOPPED "every hour"',
      'left issues eu: PAUSED "every hour"',
    ]);
    await send("POST", "/sync/start", { syncs: [{ name: "issues", variant: "eu" }], ...onLeft() });
    expect(await states("issues::eu", connections.left)).toEqual(['left issues eu: STOPPED "every hour"']);
  });

  it.each(["/sync/start", "/sync/pause", "/sync/trigger"])(
    "%s rejects unknown targets, and changes nothing",
    async (path) => {
      useRunner();
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
      expect(await states()).toEqual(initialStates);
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
    expect(await states()).toEqual(initialStates);
  });

  it("sets the named variant, and the base when none is named", async () => {
    await send("POST", "/sync/issues/variant/eu", onLeft());
    await put({ sync_variant: "eu", frequency: "10m" });
    await put({ sync_variant: "BASE", frequency: "20m" });
    expect(await states("issues,issues::eu", connections.left)).toEqual([
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
    expect(await states()).toEqual(initialStates);
  });
});
