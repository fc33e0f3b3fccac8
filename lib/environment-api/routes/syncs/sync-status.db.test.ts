import { describe, expect, it } from "vitest";
import { bearer } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";
import { initialStates, testSyncs } from "@/lib/testing/syncs";

const { connections, db, environmentId, key, states, status, call, onLeft, pool, secret, send } =
  await testSyncs();

describe("GET /sync/status", () => {
  it("lists every sync of every connection as not yet run", async () => {
    expect(await states()).toEqual(initialStates);
    expect((await status("issues", connections.left)).body).toEqual({
      syncs: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          connection_id: connections.left.connectionId,
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
    const changes = { environmentId, connectionRowId: connections.left.rowId, model: "Issue" };
    await saveRecords(db, { ...changes, records: [{ id: 1 }, { id: 2 }, { id: 3 }] });
    await saveRecords(db, { ...changes, records: [], deleted: ["2"] });
    await pool`update syncs set last_run_status = 'ERROR', last_run_finished_at = '2026-01-02T03:04:05Z',
      last_run_result = '{"Issue":{"added":3,"updated":0,"deleted":1}}', checkpoint = '{"page":7}'
      from functions f where f.id = function_id and f.name = 'issues' and connection_id = ${connections.left.rowId}`;
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
    expect(await states("issues::eu,users,nothing", connections.left)).toEqual([
      'left issues eu: STOPPED "every hour"',
      "left users base: PAUSED null",
    ]);
    expect(await states("issues::base", connections.right)).toEqual([
      'right issues base: STOPPED "every hour"',
    ]);
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
