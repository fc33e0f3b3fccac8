import pino from "pino";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "../../../e2e/fixtures/api-key";
import { confirmationBody, deploymentBody, flow } from "../../../e2e/fixtures/deployment";
import { openPool, overPool } from "../../db/client";
import { createEnvironmentApi } from "../app";
import { bearer, testApi } from "../test-api";

const { db, pool, url, masterKey, environment, call } = await testApi();

const { secret } = await makeTestKey(db, masterKey, environment, ["environment:*"]);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, {
    method: "POST",
    headers: { ...bearer(secret), "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const confirm = (body: unknown) => post("/sync/deploy/confirmation", body);
const deploy = (body: unknown) => post("/sync/deploy", body);

const connect = (key: string, id: string) =>
  post("/connections", {
    provider_config_key: key,
    connection_id: id,
    credentials: { type: "OAUTH2", access_token: "token" },
  });

const nothing = {
  newSyncs: [],
  updatedSyncs: [],
  deletedSyncs: [],
  newActions: [],
  updatedActions: [],
  deletedActions: [],
  newOnEventScripts: [],
  updatedOnEventScripts: [],
  deletedOnEventScripts: [],
  deletedModels: [],
};

const issues = flow({ type: "sync", name: "issues", key: "github", models: ["Issue"] });
const greet = flow({ name: "greet", key: "github" });
const cleanUp = {
  providerConfigKey: "github",
  scripts: [{ name: "clean-up", event: "pre-connection-deletion", fileBody: { js: "1", ts: "1" } }],
};
const everything = { onEventScriptsByProvider: [cleanUp] };

const versions = async () =>
  Object.fromEntries(
    (await pool`select name, version from functions where environment_id = ${environment.id}`).map((row) => [
      row.name,
      row.version,
    ]),
  );
const syncRows = async () =>
  (
    await pool`select f.name, c.connection_id, s.variant, s.schedule from syncs s
      join functions f on f.id = s.function_id join connections c on c.id = s.connection_id
      where s.environment_id = ${environment.id} order by 1, 2`
  ).map((row) => `${row.name} ${row.connection_id} ${row.variant} ${row.schedule}`);

beforeAll(async () => {
  for (const unique_key of ["github", "github-2"]) {
    const client = { type: "OAUTH2", client_id: "id", client_secret: "secret" };
    const answer = await post("/integrations", { provider: "github", unique_key, credentials: client });
    expect(answer.status).toBe(200);
  }
  for (const id of ["a", "b"]) expect(await connect("github", id)).toMatchObject({ status: 201 });
});

beforeEach(async () => {
  await pool`delete from functions`;
});

describe("POST /sync/deploy/confirmation", () => {
  it("tells what is new, also for an integration that does not exist, and changes nothing", async () => {
    const elsewhere = flow({ name: "greet", key: "nowhere" });
    const answer = await confirm(confirmationBody([issues, greet, elsewhere], everything));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...nothing,
      newSyncs: [{ name: "issues", providerConfigKey: "github", auto_start: true, connections: 2 }],
      newActions: [
        { name: "greet", providerConfigKey: "github" },
        { name: "greet", providerConfigKey: "nowhere" },
      ],
      newOnEventScripts: [
        { name: "clean-up", providerConfigKey: "github", event: "pre-connection-deletion" },
      ],
    });
    expect(await versions()).toEqual({});
  });

  it("tells what differs and what is missing, and nothing of what is the same", async () => {
    await deploy(deploymentBody([issues, greet], everything));
    expect(await confirm(confirmationBody([issues, greet], everything))).toMatchObject({
      status: 200,
      body: nothing,
    });
    const changed = flow({ name: "greet", key: "github", js: "changed" });
    const changedScript = {
      ...cleanUp,
      scripts: [{ ...cleanUp.scripts[0], fileBody: { js: "2", ts: "1" } }],
    };
    const answer = await confirm(confirmationBody([changed], { onEventScriptsByProvider: [changedScript] }));
    expect(answer.body).toEqual({
      ...nothing,
      deletedSyncs: [
        {
          name: "issues",
          providerConfigKey: "github",
          auto_start: true,
          connections: 2,
          id: expect.any(Number),
          enabled: true,
        },
      ],
      updatedActions: [{ name: "greet", providerConfigKey: "github" }],
      updatedOnEventScripts: [
        { name: "clean-up", providerConfigKey: "github", event: "pre-connection-deletion" },
      ],
      deletedModels: ["Issue"],
    });
  });

  it("reaches what is missing as far as the mode goes", async () => {
    const other = flow({ type: "sync", name: "other", key: "github-2", models: ["Issue"] });
    await deploy(deploymentBody([issues, greet, other], everything));
    const deleted = async (deployMode: string) => {
      const { body } = await confirm(confirmationBody([greet], { deployMode, ...everything }));
      return body;
    };
    expect(await deleted("all")).toMatchObject({
      deletedSyncs: [{ name: "issues" }, { name: "other" }],
      deletedModels: ["Issue"],
    });
    expect(await deleted("integration")).toMatchObject({ deletedSyncs: [{ name: "issues" }] });
    expect(await deleted("single")).toEqual(nothing);
    const legacy = confirmationBody([greet], { deployMode: undefined, singleDeployMode: true });
    expect((await confirm(legacy)).body).toEqual(nothing);
  });

  it("does not count a model as deleted that another sync keeps", async () => {
    const twin = flow({ type: "sync", name: "twin", key: "github", models: ["Issue"] });
    await deploy(deploymentBody([issues, twin]));
    expect((await confirm(confirmationBody([issues]))).body).toMatchObject({
      deletedSyncs: [{ name: "twin" }],
      deletedModels: [],
    });
    const dropped = flow({ type: "sync", name: "issues", key: "github", models: ["Other"] });
    const single = confirmationBody([dropped], { deployMode: "single" });
    expect((await confirm(single)).body).toMatchObject({
      updatedSyncs: [{ name: "issues" }],
      deletedModels: [],
    });
  });
});

describe("POST /sync/deploy", () => {
  it("answers what was deployed, in a bare list, and stores the code", async () => {
    const answer = await deploy(deploymentBody([issues, greet], { source: "repo", ...everything }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
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
      { name: "greet", version: "0.0.1", ...greet.fileBody },
      { name: "issues", version: "0.0.1", ...issues.fileBody },
    ]);
  });

  it("bumps a version only where something changed, and keeps the code of each", async () => {
    await deploy(deploymentBody([issues, greet], everything));
    const before = await pool`select id, xmin::text, deployed_at from functions order by id`;
    const again = await deploy(deploymentBody([issues, greet], everything));
    expect(again.body).toMatchObject([{ version: "0.0.1" }, { version: "0.0.1" }]);
    expect(await pool`select id, xmin::text, deployed_at from functions order by id`).toEqual(before);

    const changed = flow({ name: "greet", key: "github", js: "second" });
    const second = await deploy(deploymentBody([issues, changed], everything));
    expect(second.body).toMatchObject([{ version: "0.0.1" }, { version: "0.0.2" }]);
    const described = flow({ name: "greet", key: "github", js: "second", more: { metadata: {} } });
    await deploy(deploymentBody([issues, described], everything));
    expect(await versions()).toEqual({ issues: "0.0.1", greet: "0.0.3", "clean-up": "0.0.1" });
    const code = await pool`select v.version, v.js from function_versions v
      join functions f on f.id = v.function_id where f.name = 'greet' order by v.id`;
    expect(code.map((row) => ({ ...row }))).toEqual([
      { version: "0.0.1", js: greet.fileBody.js },
      { version: "0.0.2", js: "second" },
      { version: "0.0.3", js: "second" },
    ]);
  });

  it.each([
    ["all", true, { greet: "0.0.1" }],
    ["all", false, { greet: "0.0.1", issues: "0.0.1", other: "0.0.1", "clean-up": "0.0.1" }],
    ["integration", true, { greet: "0.0.1", other: "0.0.1" }],
    ["single", true, { greet: "0.0.1", issues: "0.0.1", other: "0.0.1", "clean-up": "0.0.1" }],
  ])("in mode %s with reconcile %s keeps what it must", async (deployMode, reconcile, left) => {
    const other = flow({ name: "other", key: "github-2" });
    await deploy(deploymentBody([issues, greet, other], everything));
    const answer = await deploy(deploymentBody([greet], { deployMode, reconcile }));
    expect(answer).toMatchObject({ status: 200, body: [{ name: "greet", version: "0.0.1" }] });
    expect(await versions()).toEqual(left);
  });

  it("leaves on-event scripts alone when the body does not speak of them", async () => {
    await deploy(deploymentBody([greet], everything));
    await deploy(deploymentBody([], { onEventScriptsByProvider: undefined }));
    expect(await versions()).toEqual({ "clean-up": "0.0.1" });
  });

  it("puts syncs on the connections there are, started when they start by themselves, and removes them again", async () => {
    const manual = flow({ type: "sync", name: "manual", key: "github", more: { auto_start: false } });
    await deploy(deploymentBody([issues, manual]));
    const rows = [
      "issues a base started",
      "issues b base started",
      "manual a base paused",
      "manual b base paused",
    ];
    expect(await syncRows()).toEqual(rows);
    await deploy(deploymentBody([issues, manual]));
    expect(await syncRows()).toEqual(rows);
    await deploy(deploymentBody([manual]));
    expect(await syncRows()).toEqual(rows.slice(2));
  });

  it("refuses an unknown integration, by its name, and changes nothing", async () => {
    const answer = await deploy(deploymentBody([greet, flow({ name: "greet", key: "nowhere" })]));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "unknown_provider_config" } } });
    expect(JSON.stringify(answer.body)).toContain("nowhere");
    expect(await versions()).toEqual({});
    const script = { onEventScriptsByProvider: [{ ...cleanUp, providerConfigKey: "nowhere" }] };
    expect(await deploy(deploymentBody([], script))).toMatchObject({ status: 400 });
  });

  it("does not see or touch another environment", async () => {
    await deploy(deploymentBody([issues, greet]));
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:deploy"]);
    const answer = await post("/sync/deploy", deploymentBody([]), bearer(key.secret));
    expect(answer).toMatchObject({ status: 200, body: [] });
    expect(await versions()).toEqual({ issues: "0.0.1", greet: "0.0.1" });
    const foreign = await post("/sync/deploy", deploymentBody([greet]), bearer(key.secret));
    expect(foreign).toMatchObject({ status: 400, body: { error: { code: "unknown_provider_config" } } });
  });

  it("is one at a time in an environment, whichever process it comes to", async () => {
    const elsewhere = openPool(url, 2);
    const second = createEnvironmentApi({
      db: overPool(elsewhere),
      masterKey,
      log: pino({ level: "silent" }),
      failedAuthPerMinute: 0,
      functionRunner: () => null,
    });
    const body = JSON.stringify(deploymentBody([greet]));
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

describe("bodies", () => {
  it("needs nangoYamlBody to deploy and refuses it to confirm; takes source in both", async () => {
    const withSource = { source: "standalone" };
    expect(await deploy(confirmationBody([], withSource))).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_body", errors: [{ path: ["nangoYamlBody"] }] } },
    });
    expect(await confirm(deploymentBody([], withSource))).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_body", errors: [{ code: "unrecognized_keys" }] } },
    });
    expect(await deploy(deploymentBody([], withSource))).toMatchObject({ status: 200, body: [] });
    expect(await confirm(confirmationBody([], withSource))).toMatchObject({ status: 200, body: nothing });
  });

  it.each([
    ["an unknown key of a function", { ...greet, color: "red" }],
    ["a function of another type", { ...greet, type: "on-event" }],
    ["a name with a slash", { ...greet, syncName: "a/b" }],
    ["an incremental sync that tracks deletes", { ...issues, sync_type: "incremental", track_deletes: true }],
    ["a model that is not defined", { ...greet, models: ["Thing", "Missing"] }],
    ["an input that is not defined", { ...greet, input: "Missing" }],
    ["a description that is too long", { ...greet, metadata: { description: "x".repeat(2001) } }],
    ["code without source", { ...greet, fileBody: { js: "1" } }],
    ["an unknown feature", { ...greet, features: ["teleport"] }],
  ])("refuses %s", async (_, wrong) => {
    const answer = await confirm(confirmationBody([wrong]));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
  });

  it("refuses the same function twice", async () => {
    const answer = await confirm(confirmationBody([greet, greet]));
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { errors: [{ path: ["flowConfigs", "1"] }] } },
    });
    // A sync and an action may share a name.
    const sync = flow({ type: "sync", name: "greet", key: "github" });
    expect(await confirm(confirmationBody([greet, sync]))).toMatchObject({ status: 200 });
  });

  it("takes tens of megabytes, and no more than 75", async () => {
    const big = flow({ name: "big", key: "github", js: "x".repeat(30 * 1024 * 1024) });
    expect(await confirm(confirmationBody([big]))).toMatchObject({
      status: 200,
      body: { newActions: [{ name: "big" }] },
    });
    const headers = { "content-length": String(75 * 1024 * 1024 + 1) };
    expect(await post("/sync/deploy/confirmation", {}, headers)).toMatchObject({ status: 413 });
  });

  it.each([
    ["nango-cli/0.39.24", 400],
    ["nango-cli/0.38.99 (linux)", 400],
    ["nango-cli/0.39.25", 200],
    ["nango-cli/0.71.10", 200],
    ["nango-cli/1.0.0", 200],
    ["node", 200],
  ])("answers %s with %i", async (agent, status) => {
    const answer = await post("/sync/deploy", deploymentBody([]), { "user-agent": agent });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body).toMatchObject({ error: { code: "invalid_cli_version" } });
  });
});

describe("GET /scripts/config", () => {
  const read = (query: string) => call(`/scripts/config${query}`, { headers: bearer(secret) });

  it("lists the functions of each integration that has one, in a bare list", async () => {
    expect((await read("")).body).toEqual([]);
    await deploy(deploymentBody([issues, greet], everything));
    const answer = await read("?format=nango&x=1");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      {
        providerConfigKey: "github",
        provider: "github",
        syncs: [
          {
            name: "issues",
            type: "sync",
            runs: "every hour",
            auto_start: true,
            description: "About issues",
            scopes: [],
            track_deletes: false,
            returns: ["Issue"],
            endpoints: [{ method: "POST", path: "/issues", group: "Tests" }],
            version: "0.0.1",
            last_deployed: expect.any(String),
            id: expect.any(Number),
            input: "Input",
            sync_type: "full",
            webhookSubscriptions: [],
            enabled: true,
            json_schema: issues.models_json_schema,
            sdk_version: "0.70.1-zero",
            features: [],
          },
        ],
        actions: [expect.objectContaining({ name: "greet", type: "action", runs: null })],
        "on-events": [
          expect.objectContaining({ name: "clean-up", type: "on-event", event: "pre-connection-deletion" }),
        ],
      },
    ]);
  });

  it("describes actions as tools", async () => {
    const text = flow({ name: "text", key: "github", more: { input: "Text" } });
    const definitions = { ...text.models_json_schema.definitions, Text: { type: "string" } };
    await deploy(deploymentBody([issues, greet, { ...text, models_json_schema: { definitions } }]));
    expect((await read("?format=openai")).body).toEqual({
      data: [
        {
          name: "greet",
          description: "About greet",
          parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        },
      ],
    });
    expect(await read("?format=xml")).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_query_params" } },
    });
  });
});
