import pino from "pino";
import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { deploymentBody } from "@/e2e/fixtures/deployment";
import { createEnvironmentApi } from "@/lib/environment-api/app";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { greetAction, testDeployments } from "@/lib/testing/deployments";
import { bearer } from "@/lib/testing/environment-api";

const { db, pool, url, masterKey, secret, call, post } = await testDeployments();

describe("deployments at once", () => {
  it("go one at a time in an environment, whichever process it comes to", async () => {
    const elsewhere = openPool(url, 2);
    const second = createEnvironmentApi({
      db: databaseFromPool(elsewhere),
      masterKey,
      log: pino({ level: "silent" }),
      failedAuthPerMinute: 0,
      functionRunner: () => null,
    });
    const body = JSON.stringify(deploymentBody([greetAction]));
    const headers = { ...bearer(secret), "content-type": "application/json" };
    // Whoever holds the integration's row makes the first deployment wait with its lock taken.
    const holder = await pool.reserve();
    await holder`begin`;
    await holder`select 1 from integrations where unique_key = 'github' for update`;
    const first = call("/sync/deploy", { method: "POST", headers, body });
    const waits = async () =>
      (
        await pool`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
      ).length > 0;
    while (!(await waits())) await new Promise(setImmediate);
    const refused = await second.request("/sync/deploy", { method: "POST", headers, body });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { code: "concurrent_deployment" } });
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:deploy"]);
    const free = await post("/sync/deploy", deploymentBody([]), bearer(key.secret));
    expect(free.status).toBe(200);
    await holder`commit`;
    holder.release();
    expect((await first).status).toBe(200);
    expect((await second.request("/sync/deploy", { method: "POST", headers, body })).status).toBe(200);
    await elsewhere.end();
  });
});
