import { describe, expect, it } from "vitest";
import { confirmationBody, deploymentBody, flow } from "@/e2e/fixtures/deployment";
import { emptyConfirmation, greetAction, issuesSync, testDeployments } from "@/lib/testing/deployments";

const { confirm, deploy, post } = await testDeployments();

describe("the body of a deployment", () => {
  it("requires nangoYamlBody to deploy, rejects it to confirm, and accepts source in both", async () => {
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
    expect(await confirm(confirmationBody([], withSource))).toMatchObject({
      status: 200,
      body: emptyConfirmation,
    });
  });

  it.each([
    ["an unknown key of a function", { ...greetAction, color: "red" }],
    ["a function of another type", { ...greetAction, type: "on-event" }],
    ["a name with a slash", { ...greetAction, syncName: "a/b" }],
    [
      "an incremental sync that tracks deletes",
      { ...issuesSync, sync_type: "incremental", track_deletes: true },
    ],
    ["a model that is not defined", { ...greetAction, models: ["Thing", "Missing"] }],
    ["an input that is not defined", { ...greetAction, input: "Missing" }],
    ["a description that is too long", { ...greetAction, metadata: { description: "x".repeat(2001) } }],
    ["code without source", { ...greetAction, fileBody: { js: "1" } }],
    ["an unknown feature", { ...greetAction, features: ["teleport"] }],
  ])("rejects %s", async (_, invalid) => {
    const response = await confirm(confirmationBody([invalid]));
    expect(response).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
  });

  it("rejects the same function twice", async () => {
    const response = await confirm(confirmationBody([greetAction, greetAction]));
    expect(response).toMatchObject({
      status: 400,
      body: { error: { errors: [{ path: ["flowConfigs", "1"] }] } },
    });
    // A sync and an action may share a name.
    const sync = flow({ type: "sync", name: "greet", key: "github" });
    expect(await confirm(confirmationBody([greetAction, sync]))).toMatchObject({ status: 200 });
  });

  it("accepts tens of megabytes, up to 75", { timeout: 30_000 }, async () => {
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
    const response = await post("/sync/deploy", deploymentBody([]), { "user-agent": agent });
    expect(response.status).toBe(status);
    if (status === 400) expect(response.body).toMatchObject({ error: { code: "invalid_cli_version" } });
  });
});
