import { describe, expect, it } from "vitest";
import { startSyncRunner } from "@/e2e/fixtures/sync-runner";
import { testSyncs } from "@/lib/testing/syncs";

const { connections, environmentId, key, runner, send, status, useRunner, onLeft, pool } = await testSyncs();

describe("POST /sync/trigger", () => {
  const requested = async () =>
    (
      await pool<
        { run: unknown }[]
      >`select requested_run as run from syncs s join functions f on f.id = function_id
        where s.connection_id = ${connections.left.rowId} order by f.name, s.variant`
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
    useRunner();
    const response = await send(
      "POST",
      "/sync/trigger",
      { syncs: ["issues"], opts: { reset: true, emptyCache: true } },
      { "provider-config-key": key(), "connection-id": connections.left.connectionId },
    );
    expect(response).toMatchObject({ status: 200, body: { success: true } });
    expect(await requested()).toEqual([{ mode: "full", emptyCache: true }, null]);
    const { body } = await status("issues", connections.left);
    expect(body).toMatchObject({ syncs: [{ status: "STOPPED", nextScheduledSyncAt: null }] });
    expect(runner.received).toEqual([
      {
        type: "sync-request",
        environment_id: environmentId,
        provider_config_key: key(),
        mode: "full",
        empty_cache: true,
        syncs: [
          {
            id: expect.any(String),
            name: "issues",
            variant: "base",
            connection_id: connections.left.connectionId,
          },
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
    useRunner();
    await send("POST", "/sync/trigger", { syncs: ["issues"], ...onLeft(), ...options });
    expect((await requested())[0]).toEqual({ mode, emptyCache });
  });

  it("rejects opts combined with a deprecated field, and a missing integration", async () => {
    useRunner();
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
    useRunner();
    runner.status = 500;
    const failed = await send("POST", "/sync/trigger", { syncs: ["issues"], ...onLeft() });
    expect(failed).toMatchObject({ status: 503, body: { error: { code: "service_unavailable" } } });
    const gone = await startSyncRunner();
    await gone.close();
    useRunner(gone.url);
    expect(await send("POST", "/sync/trigger", { syncs: ["users"], ...onLeft() })).toMatchObject({
      status: 503,
    });
    expect(await requested()).toEqual([
      { mode: "incremental", emptyCache: false },
      { mode: "incremental", emptyCache: false },
    ]);
  });
});
