import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { test as base, expect } from "@/e2e/fixtures/api-test";

/*
 * A key that may use a connection, or change an integration, has the stored secrets sent to a server of its holder's.
 * Beside each attempt is the key that may read those secrets anyway, for which the same works.
 */

type Collector = { readonly origin: string; readonly received: readonly string[] };

const test = base.extend<{
  /** A server that notes the whole of each request, and answers like a token endpoint. */
  readonly collector: Collector;
  /** An integration and a connection with secrets that begin with VICTIM, as an owner has set them up. */
  readonly victim: { readonly integration: string; readonly connection: string };
}>({
  collector: async ({ browserName: _ }, use) => {
    const received: string[] = [];
    const server = createServer(async (request, response) => {
      received.push(`${request.url} ${JSON.stringify(request.headers)} ${await text(request)}`);
      response
        .setHeader("content-type", "application/json")
        .end('{"access_token":"new-access","token_type":"bearer","expires_in":3600}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port");
    await use({ origin: `http://127.0.0.1:${address.port}`, received });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
  victim: async ({ addResources, call, fullAccessKey: key }, use) => {
    const { integration, connection } = await addResources();
    const client = { type: "OAUTH2", client_id: "id", client_secret: "VICTIM-CLIENT-SECRET" };
    const credentials = {
      type: "OAUTH2",
      access_token: "VICTIM-ACCESS",
      refresh_token: "VICTIM-REFRESH",
      expires_at: new Date(Date.now() + 600_000).toISOString(),
    };
    const answers = [
      await call({
        method: "PATCH",
        path: `/integrations/${integration}`,
        key,
        body: { credentials: client },
      }),
      await call({
        method: "POST",
        path: "/connections",
        key,
        body: { provider_config_key: integration, connection_id: connection, credentials },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 201]);
    await use({ integration, connection });
  },
});

const readCredentials = [
  "environment:connections:read_credentials",
  "environment:integrations:read_credentials",
] as const;

test("environment:proxy alone cannot name a server that gets the access token", async ({
  call,
  secretWith,
  collector,
  victim: { integration, connection },
}) => {
  const request = {
    path: "/proxy/v1/items",
    headers: {
      "provider-config-key": integration,
      "connection-id": connection,
      "base-url-override": collector.origin,
    },
  };
  const denied = await call({ ...request, key: await secretWith("environment:proxy") });
  expect([denied.status, denied.body]).toMatchObject([
    403,
    { error: { code: "base_url_override_not_allowed" } },
  ]);
  expect(denied.text).not.toContain("VICTIM");
  expect(collector.received).toEqual([]);

  const key = await secretWith("environment:proxy", ...readCredentials);
  expect((await call({ ...request, key })).status).toBe(200);
  expect(collector.received.join()).toContain("VICTIM-ACCESS");
});

for (const [title, bringsClient] of [
  ["", false],
  [" with a client of its holder's", true],
] as const) {
  test(`environment:integrations:write alone cannot move the addresses${title}`, async ({
    call,
    secretWith,
    fullAccessKey,
    collector,
    victim: { integration, connection },
  }) => {
    const { origin, received } = collector;
    const move = {
      method: "PATCH",
      path: `/integrations/${integration}`,
      body: {
        custom: { token_url: `${origin}/token`, base_url: origin },
        ...(bringsClient && { credentials: { type: "OAUTH2", client_id: "mine", client_secret: "mine" } }),
      },
    };
    // Everybody who uses the connection afterwards, the owner included.
    const use = async (key: string) => [
      await call({
        path: `/connections/${connection}?provider_config_key=${integration}&force_refresh=true`,
        key,
      }),
      await call({
        path: "/proxy/v1/items",
        key,
        headers: { "provider-config-key": integration, "connection-id": connection },
      }),
    ];
    const write = await secretWith("environment:integrations:write");
    expect((await call({ ...move, key: write })).status).toBe(200);
    const reconnect = { message: expect.stringContaining("needs to be reconnected") };
    expect((await use(fullAccessKey)).map(({ status, body }) => [status, body])).toMatchObject([
      [400, { error: { code: "invalid_credentials", ...reconnect } }],
      [424, { error: { code: "connection_refresh_backoff", ...reconnect } }],
    ]);
    expect(received).toEqual([]);
    const list = await call({ path: `/connections?connectionId=${connection}`, key: fullAccessKey });
    expect(list.body).toMatchObject({ connections: [{ errors: [{ type: "auth" }] }] });
    const client = await call({
      path: `/integrations/${integration}?include=credentials`,
      key: fullAccessKey,
    });
    expect(client.text).not.toContain("VICTIM");
  });
}

test("a key that may read both kinds of secrets moves the addresses and keeps what is stored", async ({
  call,
  secretWith,
  fullAccessKey,
  collector,
  victim: { integration, connection },
}) => {
  const key = await secretWith("environment:integrations:write", ...readCredentials);
  const custom = { token_url: `${collector.origin}/token`, base_url: collector.origin };
  const body = { custom };
  expect((await call({ method: "PATCH", path: `/integrations/${integration}`, key, body })).status).toBe(200);
  const path = `/connections/${connection}?provider_config_key=${integration}&force_refresh=true`;
  expect((await call({ path, key: fullAccessKey })).status).toBe(200);
  expect(collector.received.join()).toMatch(/VICTIM-REFRESH.*VICTIM-CLIENT-SECRET/);
});

test("one of the two scopes is not enough", async ({ call, secretWith, collector, victim }) => {
  for (const scope of readCredentials) {
    const key = await secretWith("environment:integrations:write", scope);
    const body = { custom: { token_url: `${collector.origin}/${scope}` } };
    const path = `/integrations/${victim.integration}`;
    expect((await call({ method: "PATCH", path, key, body })).status).toBe(200);
    const read = await call({
      path: `${path}?include=credentials`,
      key: await secretWith("environment:integrations:read_credentials"),
    });
    expect(read.body).toMatchObject({ data: { credentials: null } });
  }
});

test("force_refresh needs the scope to read credentials", async ({
  call,
  secretWith,
  fullAccessKey,
  collector,
  victim: { integration, connection },
}) => {
  const path = `/connections/${connection}?provider_config_key=${integration}&force_refresh=true`;
  const custom = { token_url: `${collector.origin}/token` };
  const change = { method: "PATCH", path: `/integrations/${integration}`, body: { custom } };
  expect((await call({ ...change, key: fullAccessKey })).status).toBe(200);
  const denied = await call({ path, key: await secretWith("environment:connections:read") });
  expect([denied.status, denied.body]).toMatchObject([
    403,
    { error: { code: "forbidden", required_scope: "environment:connections:read_credentials" } },
  ]);
  expect(collector.received).toEqual([]);
  const key = await secretWith("environment:connections:read_credentials");
  expect((await call({ path, key })).status).toBe(200);
  expect(collector.received).toHaveLength(1);
});
