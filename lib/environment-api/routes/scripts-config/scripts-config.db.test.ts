import { describe, expect, it } from "vitest";
import { deploymentBody, flow } from "@/e2e/fixtures/deployment";
import { greetAction, issuesSync, testDeployments, withCleanUp } from "@/lib/testing/deployments";
import { bearer } from "@/lib/testing/environment-api";

const { call, deploy, secret } = await testDeployments();

describe("GET /scripts/config", () => {
  const read = (query: string) => call(`/scripts/config${query}`, { headers: bearer(secret) });

  it("lists the functions of each integration that has any, as a bare array", async () => {
    expect((await read("")).body).toEqual([]);
    await deploy(deploymentBody([issuesSync, greetAction], withCleanUp));
    const response = await read("?format=nango&x=1");
    expect(response.status).toBe(200);
    expect(response.body).toEqual([
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
            json_schema: issuesSync.models_json_schema,
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

  it("returns actions as OpenAI tools", async () => {
    const text = flow({ name: "text", key: "github", more: { input: "Text" } });
    const definitions = { ...text.models_json_schema.definitions, Text: { type: "string" } };
    await deploy(deploymentBody([issuesSync, greetAction, { ...text, models_json_schema: { definitions } }]));
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
