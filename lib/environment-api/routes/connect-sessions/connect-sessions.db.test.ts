import { expect, it } from "vitest";
import { z } from "zod";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { importConnection } from "@/lib/connect/connection-lifecycle/lifecycle";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { createIntegration } from "@/lib/upstream/integrations/lifecycle";

const { db, pool, masterKey, environment, lines, call, keyWith } = await testApi();

const key = await keyWith("environment:connect_sessions:write");
const everything = await keyWith("environment:*");

for (const [provider, unique_key] of [
  ["stripe-api-key", "stripe"],
  ["twilio", "twilio"],
  ["openai", "openai"],
] as const) {
  await createIntegration(db, masterKey, environment.id, { provider, unique_key });
}

const opened = z.strictObject({
  data: z.strictObject({ token: z.string(), connect_link: z.string(), expires_at: z.iso.datetime() }),
});

function post(body: unknown, path = "/connect/sessions", secret = key.secret) {
  const headers = { ...bearer(secret), "content-type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function open(body: unknown, path?: string) {
  const response = await post(body, path);
  expect(response.status).toBe(201);
  return opened.parse(response.body).data;
}

const read = (token: string, path = "/connect/session") => call(path, { headers: bearer(token) });

it("creates a session of 30 minutes with a link, and stores only the hash of its token", async () => {
  const before = Date.now();
  const { token, connect_link, expires_at } = await open({ end_user: { id: "ada" } });
  expect(token).toMatch(/^nango_connect_session_[0-9a-f]{64}$/);
  expect(connect_link).toBe(`http://localhost/connect-ui?session_token=${token}`);
  const minutes = (Date.parse(expires_at) - before) / 60_000;
  expect(minutes).toBeGreaterThan(29.9);
  expect(minutes).toBeLessThan(30.5);
  const rows = await pool<{ text: string }[]>`select s::text as text from connect_sessions s`;
  expect(rows.length).toBeGreaterThan(0);
  for (const { text } of rows) expect(text).not.toContain(token.slice("nango_connect_session_".length));
  await read(token);
  expect(lines.join("")).not.toContain(token);
});

it("returns a session to the bearer of its token", async () => {
  const body = {
    end_user: { id: "ada", email: "ada@example.com", display_name: "Ada", tags: { plan: "gold" } },
    organization: { id: "acme", display_name: "Acme" },
    allowed_integrations: ["stripe", "twilio"],
    integrations_config_defaults: {
      stripe: { connection_config: { region: "eu" }, authorization_params: { a: "b" }, user_scopes: "x" },
    },
    overrides: { stripe: { docs_connect: "https://docs.example.com" } },
    tags: { Team: "Blue" },
  };
  const { token } = await open(body);
  const response = await read(token);
  expect(response.status).toBe(200);
  expect(response.body).toEqual({
    data: {
      endUser: { ...body.end_user, organization: body.organization },
      connectUISettings: {
        showWatermark: false,
        defaultTheme: "system",
        theme: { light: { primary: expect.any(String) }, dark: { primary: expect.any(String) } },
      },
      allowed_integrations: ["stripe", "twilio"],
      integrations_config_defaults: body.integrations_config_defaults,
      overrides: body.overrides,
    },
  });
});

it("requires an end user or tags, and that every named integration exists", async () => {
  for (const body of [{}, { organization: { id: "acme" } }]) {
    expect(await post(body)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_body", errors: [{ code: "invalid_type", path: ["end_user"] }] } },
    });
  }
  const { token } = await open({ tags: {}, allowed_integrations: [] });
  const response = await read(token);
  expect(response.body).toMatchObject({ data: { endUser: null } });
  expect(response.body).not.toHaveProperty("data.allowed_integrations");

  const unknown = (...path: string[]) => ({ code: "custom", message: "Integration does not exist", path });
  const rejected = await post({
    tags: {},
    allowed_integrations: ["none", "stripe", "nothing"],
    integrations_config_defaults: { never: {} },
    overrides: { no: {} },
  });
  expect(rejected).toMatchObject({
    status: 400,
    body: {
      error: {
        code: "invalid_body",
        errors: [
          unknown("allowed_integrations", "0"),
          unknown("allowed_integrations", "2"),
          unknown("integrations_config_defaults", "never"),
          unknown("overrides", "no"),
        ],
      },
    },
  });
  for (const body of [
    { end_user: {} },
    { end_user: { id: "a", email: "no" } },
    { end_user: { id: "a" }, more: 1 },
    { end_user: { id: "a" }, tags: { "1": "x" } },
    { end_user: { id: "a" }, overrides: { stripe: { docs_connect: "javascript:alert(1)" } } },
  ]) {
    expect(await post(body)).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
  }
  expect(await post({ tags: {} }, "/connect/sessions?x=1")).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_query_params" } },
  });
});

it("creates a session to reconnect one connection", async () => {
  await importConnection(db, masterKey, environment.id, {
    provider_config_key: "stripe",
    connection_id: "c-1",
    credentials: { type: "API_KEY", apiKey: "old" },
    end_user: { id: "grace" },
  });
  const path = "/connect/sessions/reconnect";
  const { token } = await open({ connection_id: "c-1", integration_id: "stripe" }, path);
  expect((await read(token)).body).toMatchObject({
    data: { endUser: { id: "grace" }, allowed_integrations: ["stripe"], isReconnecting: true },
  });
  for (const target of [
    { connection_id: "c-2", integration_id: "stripe" },
    { connection_id: "c-1", integration_id: "twilio" },
    { connection_id: "c-1", integration_id: "none" },
  ]) {
    expect(await post(target, path)).toMatchObject({
      status: 400,
      body: {
        error: { code: "invalid_body", message: "ConnectionID or IntegrationId does not exists" },
      },
    });
  }
});

it("rejects another environment's integrations and connections as unknown", async () => {
  const elsewhere = await makeTestKey(db, masterKey, await makeTestEnvironment(db, false), ["environment:*"]);
  const body = { tags: {}, allowed_integrations: ["stripe"] };
  expect(await post(body, "/connect/sessions", elsewhere.secret)).toMatchObject({ status: 400 });
  const target = { connection_id: "c-1", integration_id: "stripe" };
  expect(await post(target, "/connect/sessions/reconnect", elsewhere.secret)).toMatchObject({ status: 400 });
});

it("deletes a session, with an empty 204", async () => {
  const { token } = await open({ tags: {} });
  const ended = await call("/connect/session", { method: "DELETE", headers: bearer(token) });
  expect([ended.status, ended.body]).toEqual([204, null]);
  for (const method of ["GET", "DELETE"]) {
    expect(await call("/connect/session", { method, headers: bearer(token) })).toMatchObject({
      status: 401,
      body: { error: { code: "unknown_connect_session_token" } },
    });
  }
});

it("answers 401 without a valid session token, the same for unknown and expired ones", async () => {
  const attempts: [headers: Record<string, string>, code: string][] = [
    [{}, "missing_auth_header"],
    [{ authorization: "Bearer" }, "malformed_auth_header"],
    [bearer(everything.secret), "invalid_connect_session_token_format"],
    [bearer("nango_connect_session_1"), "invalid_connect_session_token_format"],
    [bearer(`nango_connect_session_${"0".repeat(64)}`), "unknown_connect_session_token"],
  ];
  const { token } = await open({ tags: {} });
  await pool`update connect_sessions set expires_at = now() where token_hash = sha256(${token}::bytea)`;
  attempts.push([bearer(token), "unknown_connect_session_token"]);
  for (const [headers, code] of attempts) {
    const response = await call("/connect/session", { headers });
    expect([response.status, response.body]).toEqual([401, { error: { code, message: expect.any(String) } }]);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
  }
});

it("reads only the integrations and providers that the session allows, without credentials", async () => {
  const { token } = await open({ tags: {}, allowed_integrations: ["stripe", "openai"] });
  const integrations = await read(token, "/integrations");
  expect(integrations).toMatchObject({
    status: 200,
    body: { data: [{ unique_key: "stripe" }, { unique_key: "openai" }] },
  });
  expect(JSON.stringify(integrations.body)).not.toContain("credentials");
  expect(await read(token, "/providers")).toMatchObject({
    status: 200,
    body: { data: [{ name: "openai" }, { name: "stripe-api-key" }] },
  });
  expect(await read(token, "/providers?search=^stripe")).toMatchObject({
    body: { data: [{ name: "stripe-api-key" }] },
  });
  expect(await read(token, "/providers/openai")).toMatchObject({ status: 200 });
  expect(await read(token, "/providers/twilio")).toMatchObject({ status: 404 });

  const { token: free } = await open({ tags: {} });
  const names = z.object({ data: z.array(z.unknown()) });
  expect(names.parse((await read(free, "/integrations")).body).data).toHaveLength(3);
  expect(names.parse((await read(free, "/providers")).body).data.length).toBeGreaterThan(20);

  for (const path of ["/connections", "/integrations/stripe", "/environment-variables"]) {
    expect(await read(token, path)).toMatchObject({
      status: 401,
      body: { error: { code: "invalid_secret_key_format" } },
    });
  }
});

it("logs session requests without a key id", async () => {
  const { token } = await open({ tags: {} });
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ route: "/connect/sessions", keyId: key.id });
  await read(token, "/integrations");
  const line: unknown = JSON.parse(lines.at(-1) ?? "");
  expect(line).toMatchObject({ route: "/integrations", status: 200 });
  expect(line).not.toHaveProperty("keyId");
});
