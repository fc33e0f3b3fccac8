import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { deploymentBody, flow } from "@/e2e/fixtures/deployment";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import { actionScript, testActions } from "@/lib/testing/actions";
import { bearer } from "@/lib/testing/environment-api";

const { db, pool, masterKey, environment, runner, setRunner, connectionHeaders, post, trigger } =
  await testActions();

describe("POST /action/trigger", () => {
  it("returns the output of the deployed code unchanged", async () => {
    expect(await trigger("greet", { name: "Ada" })).toMatchObject({
      status: 200,
      body: { greeting: "Hello Ada" },
    });
    for (const value of ["text", 0, false, null, [1, { a: null }], {}]) {
      expect((await trigger("echo", value)).body).toEqual(value);
    }
    expect((await trigger("echo")).body).toBe("none");
    expect(await trigger("nothing")).toMatchObject({ status: 200, body: null });
  });

  it("sends the runner the connection and version, but no credentials", async () => {
    expect((await trigger("where")).body).toEqual(["c", { plan: "gold" }]);
    expect(runner.runs.at(-1)).toMatchObject({
      environment_id: environment.id,
      function: { name: "where", version: "0.0.1", provider_config_key: "github" },
      connection: { connection_id: "c", provider_config_key: "github", provider: "github" },
    });
    expect(JSON.stringify(runner.runs)).not.toContain("an access token");
  });

  it("runs the newest version", async () => {
    const second = flow({ name: "greet", key: "github", js: actionScript("return 'second';") });
    await post("/sync/deploy", deploymentBody([second], { deployMode: "single" }));
    expect((await trigger("greet", {})).body).toBe("second");
    await post(
      "/sync/deploy",
      deploymentBody([flow({ name: "greet", key: "github" })], { deployMode: "single" }),
    );
    expect((await trigger("greet", { name: "Ada" })).body).toEqual({ greeting: "Hello Ada" });
  });

  it("answers 424 when a request of the script failed, and 500 when the script failed", async () => {
    expect(await trigger("upstream-error")).toMatchObject({
      status: 424,
      body: {
        error: {
          code: "script_http_error",
          message: expect.any(String),
          payload: { gone: true },
          upstream: { status_code: 404, body: { gone: true } },
        },
      },
    });
    expect(await trigger("quit")).toMatchObject({
      status: 500,
      body: { error: { code: "action_script_failure", payload: { reason: "enough" } } },
    });
    const broken = await trigger("break", {});
    expect(broken).toMatchObject({ status: 500, body: { error: { code: "action_script_failure" } } });
    expect(JSON.stringify(broken.body)).toContain("TypeError");
  });

  it("stops waiting for a run at the timeout", async () => {
    setRunner(createHttpFunctionRunner({ url: runner.url, timeoutMs: 100 }));
    const response = await trigger("slow");
    expect(response).toMatchObject({ status: 500, body: { error: { code: "action_script_failure" } } });
    expect(JSON.stringify(response.body)).toContain("time");
  });

  it.each([
    ["another connection", { "connection-id": "other" }, 400, "unknown_connection"],
    ["another integration", { "provider-config-key": "other" }, 400, "unknown_connection"],
    ["no connection", { "connection-id": "" }, 400, "invalid_headers"],
    ["an invalid connection id", { "connection-id": "a#b" }, 400, "invalid_headers"],
    ["too many retries", { "x-max-retries": "6" }, 400, "invalid_headers"],
    ["an odd x-async", { "x-async": "perhaps" }, 400, "invalid_headers"],
  ])("rejects %s", async (_, headers, status, code) => {
    expect(await trigger("greet", {}, headers)).toMatchObject({ status, body: { error: { code } } });
  });

  it("requires both headers, ignores unknown fields, rejects unknown and disabled actions", async () => {
    const bare = await post("/action/trigger", { action_name: "greet" });
    expect(bare).toMatchObject({ status: 400, body: { error: { code: "invalid_headers" } } });
    const more = await post("/action/trigger", { action_name: "nothing", more: 1 }, connectionHeaders);
    expect(more.status).toBe(200);
    expect(await trigger("no-such")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    await pool`update functions set enabled = false where name = 'nothing'`;
    const disabled = await trigger("nothing");
    expect(disabled).toMatchObject({ status: 404, body: { error: { code: "disabled_resource" } } });
    await pool`update functions set enabled = true`;
  });

  it("cannot run another environment's actions", async () => {
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:actions:execute"]);
    expect(await trigger("greet", {}, bearer(key.secret))).toMatchObject({
      status: 400,
      body: { error: { code: "unknown_connection" } },
    });
  });

  it("answers 503 without a runner, synchronous or not, and queues nothing", async () => {
    setRunner(null);
    const [before] = await pool`select count(*) from action_runs`;
    for (const asynchronous of ["false", "true"]) {
      expect(await trigger("greet", {}, { "x-async": asynchronous })).toMatchObject({
        status: 503,
        body: { error: { code: "service_unavailable", message: "No function runner is configured" } },
      });
    }
    expect((await pool`select count(*) from action_runs`)[0]).toEqual(before);
  });
});
