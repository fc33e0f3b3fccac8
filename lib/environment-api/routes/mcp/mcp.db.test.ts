import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { deploymentBody, flow } from "@/e2e/fixtures/deployment";
import { startTestRunner } from "@/e2e/fixtures/function-runner";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { bearer, testApi } from "@/lib/testing/environment-api";

const runner = await startTestRunner();
const httpRunner: FunctionRunner = createHttpFunctionRunner({ url: runner.url, timeoutMs: 10_000 });
let current: FunctionRunner | null = httpRunner;
const { app, db, pool, masterKey, environment, call } = await testApi({ getFunctionRunner: () => current });
const { secret: setUpSecret } = await makeTestKey(db, masterKey, environment, ["environment:*"]);
const { secret } = await makeTestKey(db, masterKey, environment, ["environment:mcp"]);

// Over a real socket, as in production.
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
afterAll(async () => {
  await new Promise<unknown>((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await runner.close();
});

const pair = { "connection-id": "c", "provider-config-key": "github" };
const accept = "application/json, text/event-stream";

const post = (path: string, body: unknown, headers: Record<string, string>) =>
  fetch(`${base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const postMcp = (body: unknown, headers: Record<string, string> = {}) =>
  post("/mcp", body, { ...bearer(secret), ...pair, accept, ...headers });

async function connect(headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" });
  const requestInit = { headers: { ...bearer(secret), ...pair, ...headers } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${base}/mcp`), { requestInit }));
  return client;
}

const fails = `module.exports = { default: { exec: async (nango) => { throw new nango.ActionError({ reason: "enough" }); } } };`;
const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const callGreet = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "greet", arguments: {} } };

beforeAll(async () => {
  const text = flow({ name: "text", key: "github", more: { input: "Text" } });
  const definitions = { ...text.models_json_schema.definitions, Text: { type: "string" } };
  const flows = [
    flow({ name: "greet", key: "github" }),
    flow({ name: "fails", key: "github", js: fails }),
    flow({ name: "no-input", key: "github", more: { input: undefined } }),
    flow({ name: "disabled", key: "github" }),
    flow({ type: "sync", name: "issues", key: "github" }),
    { ...text, models_json_schema: { definitions } },
    flow({ name: "elsewhere", key: "github-2" }),
  ];
  const key = bearer(setUpSecret);
  const client = { type: "OAUTH2", client_id: "id", client_secret: "secret" };
  const tokens = { type: "OAUTH2", access_token: "token" };
  const statuses = [];
  for (const unique_key of ["github", "github-2"]) {
    const integration = { provider: "github", unique_key, credentials: client };
    statuses.push((await post("/integrations", integration, key)).status);
  }
  const connection = { provider_config_key: "github", connection_id: "c", credentials: tokens };
  statuses.push((await post("/connections", connection, key)).status);
  statuses.push((await post("/sync/deploy", deploymentBody(flows), key)).status);
  expect(statuses).toEqual([200, 200, 201, 200]);
  await pool`update functions set enabled = false where name = 'disabled'`;
});

beforeEach(() => {
  current = httpRunner;
});

describe("MCP with the official client", () => {
  it("returns its name and version, and no session id", async () => {
    const client = await connect();
    expect(client.getServerVersion()).toEqual({ name: "Nango MCP server", version: "1.0.0" });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
    const { transport } = client;
    expect(transport?.sessionId).toBeUndefined();
    await client.close();
  });

  it("lists the enabled actions of the integration whose input is an object", async () => {
    const client = await connect();
    const { tools } = await client.listTools();
    expect(tools).toEqual([
      expect.objectContaining({ name: "fails" }),
      {
        name: "greet",
        description: "About greet",
        inputSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      },
      expect.objectContaining({
        name: "no-input",
        inputSchema: { type: "object", properties: {}, required: [] },
      }),
    ]);
    await client.close();
  });

  it("runs the deployed code of the tool that is called", async () => {
    const client = await connect();
    const before = runner.runs.length;
    expect(await client.callTool({ name: "greet", arguments: { name: "Ada" } })).toEqual({
      content: [{ type: "text", text: '{"greeting":"Hello Ada"}' }],
    });
    expect(runner.runs.slice(before)).toMatchObject([{ connection: { connection_id: "c" } }]);
    await client.close();
  });

  it("returns an action's failure as a tool result, and an unknown tool as an error", async () => {
    const client = await connect();
    const failed = await client.callTool({ name: "fails", arguments: {} });
    expect(failed.isError).toBe(true);
    expect(JSON.stringify(failed.content)).toContain("enough");
    for (const name of ["nothing", "disabled", "text", "elsewhere", "issues"]) {
      await expect(client.callTool({ name, arguments: {} })).rejects.toThrow(`Unknown tool: ${name}`);
    }
    await client.close();
  });
});

describe("POST /mcp", () => {
  it("answers with an event stream and a request id", async () => {
    const response = await postMcp(list);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("mcp-session-id")).toBeNull();
    expect(await response.text()).toMatch(/^event: message\ndata: \{.*"greet"/);
  });

  it("answers 202 without a body to a notification", async () => {
    const response = await postMcp({ jsonrpc: "2.0", method: "notifications/initialized" });
    expect([response.status, await response.text()]).toEqual([202, ""]);
  });

  it.each([["application/json"], ["text/event-stream"], ["*/*"]])(
    "answers 406 to a client that accepts %s only",
    async (only) => {
      const response = await postMcp(list, { accept: only });
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({ jsonrpc: "2.0", error: { code: -32000 }, id: null });
    },
  );

  it.each([
    ["no connection", { "connection-id": "" }, 400, "invalid_headers"],
    ["no integration", { "provider-config-key": "" }, 400, "invalid_headers"],
    ["an unknown connection", { "connection-id": "other" }, 400, "unknown_connection"],
    ["another integration's connection", { "provider-config-key": "github-2" }, 400, "unknown_connection"],
  ])("rejects %s", async (_, headers, status, code) => {
    const response = await postMcp(list, headers);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  it("rejects bodies that are not JSON-RPC", async () => {
    const response = await postMcp({ hello: "there" });
    expect([response.status, await response.json()]).toMatchObject([400, { jsonrpc: "2.0", id: null }]);
    expect((await postMcp("[]")).status).toBe(400);
    expect(await (await postMcp("{")).json()).toMatchObject({ error: { code: "invalid_json" } });
  });

  it("answers 503 to a tool call without a function runner, and still lists tools", async () => {
    current = null;
    const response = await postMcp(callGreet);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: "service_unavailable", message: "No function runner is configured" } },
    ]);
    expect((await postMcp([list, callGreet])).status).toBe(503);
    expect((await postMcp(list)).status).toBe(200);
  });

  it("rejects another environment's connection as unknown", async () => {
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:mcp"]);
    const response = await postMcp(list, bearer(key.secret));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: "unknown_connection" } },
    ]);
  });
});

describe("GET /mcp", () => {
  it("answers 405 to a key with the scope only", async () => {
    const response = await call("/mcp", { headers: bearer(secret) });
    expect(response.status).toBe(405);
    expect(response.body).toEqual({
      jsonrpc: "2.0",
      error: { code: -32000, message: "Method not allowed." },
      id: null,
    });
    expect(await call("/mcp")).toMatchObject({ status: 401 });
    const lacking = await makeTestKey(db, masterKey, environment, ["environment:actions:execute"]);
    expect(await call("/mcp", { headers: bearer(lacking.secret) })).toMatchObject({ status: 403 });
  });
});
