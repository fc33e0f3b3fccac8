import pino from "pino";
import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { deploymentBody } from "@/e2e/fixtures/deployment";
import { createEnvironmentApi } from "@/lib/environment-api/app";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { greetAction, testDeployments } from "@/lib/testing/deployments";
import { bearer } from "@/lib/testing/environment-api";

const { db, pool, url, masterKey, secret, call, post } = await testDeployments();

describe("concurrent deployments", () => {
  it("run one at a time in an environment, across processes", async () => {
    const secondPool = openPool(url, 2);
    const second = createEnvironmentApi({
      db: databaseFromPool(secondPool),
      masterKey,
      log: pino({ level: "silent" }),
      failedAuthPerMinute: 0,
      getFunctionRunner: () => null,
    });
    const body = JSON.stringify(deploymentBody([greetAction]));
    const headers = { ...bearer(secret), "content-type": "application/json" };
    // The lock on the integration's row makes the first deployment wait while it holds the deployment lock.
    const holder = await pool.reserve();
    await holder`begin`;
    await holder`select 1 from integrations where unique_key = 'github' for update`;
    const first = call("/sync/deploy", { method: "POST", headers, body });
    const isWaiting = async () =>
      (
        await pool`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
      ).length > 0;
    while (!(await isWaiting())) await new Promise(setImmediate);
    const conflict = await second.request("/sync/deploy", { method: "POST", headers, body });
    expect(conflict.status).toBe(409);
    expect(await conflict.json()).toMatchObject({ error: { code: "concurrent_deployment" } });
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:deploy"]);
    const independent = await post("/sync/deploy", deploymentBody([]), bearer(key.secret));
    expect(independent.status).toBe(200);
    await holder`commit`;
    holder.release();
    expect((await first).status).toBe(200);
    expect((await second.request("/sync/deploy", { method: "POST", headers, body })).status).toBe(200);
    await secondPool.end();
  });
});
