import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { deploymentBody, flow } from "@/e2e/fixtures/deployment";
import {
  cleanUpScript,
  greetAction,
  issuesSync,
  testDeployments,
  withCleanUp,
} from "@/lib/testing/deployments";
import { bearer } from "@/lib/testing/environment-api";

const { db, pool, masterKey, environment, post, deploy, versions } = await testDeployments();

const syncRows = async () =>
  (
    await pool`select f.name, c.connection_id, s.variant, s.schedule from syncs s
      join functions f on f.id = s.function_id join connections c on c.id = s.connection_id
      where s.environment_id = ${environment.id} order by 1, 2`
  ).map((row) => `${row.name} ${row.connection_id} ${row.variant} ${row.schedule}`);

describe("POST /sync/deploy", () => {
  it("returns the deployed functions as a bare array, and stores the code", async () => {
    const response = await deploy(
      deploymentBody([issuesSync, greetAction], { source: "repo", ...withCleanUp }),
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual([
      expect.objectContaining({
        name: "issues",
        version: "0.0.1",
        providerConfigKey: "github",
        type: "sync",
        models: ["Issue"],
        runs: "every hour",
      }),
      expect.objectContaining({ name: "greet", version: "0.0.1", type: "action", input: "Input" }),
    ]);
    const stored = await pool`select f.name, v.version, v.js, v.ts from function_versions v
      join functions f on f.id = v.function_id order by f.name`;
    expect(stored.map((row) => ({ ...row }))).toEqual([
      { name: "clean-up", version: "0.0.1", js: "1", ts: "1" },
      { name: "greet", version: "0.0.1", ...greetAction.fileBody },
      { name: "issues", version: "0.0.1", ...issuesSync.fileBody },
    ]);
  });

  it("increments a version only for a changed function, and keeps the code of each version", async () => {
    await deploy(deploymentBody([issuesSync, greetAction], withCleanUp));
    const before = await pool`select id, xmin::text, deployed_at from functions order by id`;
    const again = await deploy(deploymentBody([issuesSync, greetAction], withCleanUp));
    expect(again.body).toMatchObject([{ version: "0.0.1" }, { version: "0.0.1" }]);
    expect(await pool`select id, xmin::text, deployed_at from functions order by id`).toEqual(before);

    const changed = flow({ name: "greet", key: "github", js: "second" });
    const second = await deploy(deploymentBody([issuesSync, changed], withCleanUp));
    expect(second.body).toMatchObject([{ version: "0.0.1" }, { version: "0.0.2" }]);
    const described = flow({ name: "greet", key: "github", js: "second", more: { metadata: {} } });
    await deploy(deploymentBody([issuesSync, described], withCleanUp));
    expect(await versions()).toEqual({ issues: "0.0.1", greet: "0.0.3", "clean-up": "0.0.1" });
    const code = await pool`select v.version, v.js from function_versions v
      join functions f on f.id = v.function_id where f.name = 'greet' order by v.id`;
    expect(code.map((row) => ({ ...row }))).toEqual([
      { version: "0.0.1", js: greetAction.fileBody.js },
      { version: "0.0.2", js: "second" },
      { version: "0.0.3", js: "second" },
    ]);
  });

  it.each([
    ["all", true, { greet: "0.0.1" }],
    ["all", false, { greet: "0.0.1", issues: "0.0.1", other: "0.0.1", "clean-up": "0.0.1" }],
    ["integration", true, { greet: "0.0.1", other: "0.0.1" }],
    ["single", true, { greet: "0.0.1", issues: "0.0.1", other: "0.0.1", "clean-up": "0.0.1" }],
  ])(
    "in mode %s with reconcile %s removes only functions within the mode",
    async (deployMode, reconcile, left) => {
      const other = flow({ name: "other", key: "github-2" });
      await deploy(deploymentBody([issuesSync, greetAction, other], withCleanUp));
      const response = await deploy(deploymentBody([greetAction], { deployMode, reconcile }));
      expect(response).toMatchObject({ status: 200, body: [{ name: "greet", version: "0.0.1" }] });
      expect(await versions()).toEqual(left);
    },
  );

  it("keeps on-event scripts when the body has no onEventScriptsByProvider", async () => {
    await deploy(deploymentBody([greetAction], withCleanUp));
    await deploy(deploymentBody([], { onEventScriptsByProvider: undefined }));
    expect(await versions()).toEqual({ "clean-up": "0.0.1" });
  });

  it("adds syncs to existing connections, started if auto_start is set, and removes them again", async () => {
    const manual = flow({ type: "sync", name: "manual", key: "github", more: { auto_start: false } });
    await deploy(deploymentBody([issuesSync, manual]));
    const rows = [
      "issues a base started",
      "issues b base started",
      "manual a base paused",
      "manual b base paused",
    ];
    expect(await syncRows()).toEqual(rows);
    await deploy(deploymentBody([issuesSync, manual]));
    expect(await syncRows()).toEqual(rows);
    await deploy(deploymentBody([manual]));
    expect(await syncRows()).toEqual(rows.slice(2));
  });

  it("rejects an unknown integration by its name, and changes nothing", async () => {
    const response = await deploy(deploymentBody([greetAction, flow({ name: "greet", key: "nowhere" })]));
    expect(response).toMatchObject({ status: 400, body: { error: { code: "unknown_provider_config" } } });
    expect(JSON.stringify(response.body)).toContain("nowhere");
    expect(await versions()).toEqual({});
    const script = { onEventScriptsByProvider: [{ ...cleanUpScript, providerConfigKey: "nowhere" }] };
    expect(await deploy(deploymentBody([], script))).toMatchObject({ status: 400 });
  });

  it("neither reads nor changes another environment", async () => {
    await deploy(deploymentBody([issuesSync, greetAction]));
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:deploy"]);
    const response = await post("/sync/deploy", deploymentBody([]), bearer(key.secret));
    expect(response).toMatchObject({ status: 200, body: [] });
    expect(await versions()).toEqual({ issues: "0.0.1", greet: "0.0.1" });
    const foreign = await post("/sync/deploy", deploymentBody([greetAction]), bearer(key.secret));
    expect(foreign).toMatchObject({ status: 400, body: { error: { code: "unknown_provider_config" } } });
  });
});
