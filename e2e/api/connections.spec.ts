import { expect, test } from "@/e2e/fixtures/api-test";

const of = (integration: string) => `provider_config_key=${integration}`;

test("a connection is imported, read, replaced and deleted", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration } = await addResources();
  const body = {
    provider_config_key: integration,
    connection_id: "user@example.com",
    credentials: {
      type: "OAUTH2",
      access_token: "a",
      refresh_token: "r",
      expires_at: "2030-01-01T00:00:00Z",
    },
    metadata: { plan: "gold", deep: [{ é: null }] },
    connection_config: { subdomain: "acme" },
    end_user: { id: "u1", email: "user@example.com", tags: { seat: "1" } },
    tags: { Team: "Blue" },
  };
  const created = await call({ method: "POST", path: "/connections", key, body });
  const connection = {
    id: expect.any(Number),
    connection_id: "user@example.com",
    provider_config_key: integration,
    provider: "oauth2-generic",
    errors: [],
    end_user: {
      id: "u1",
      display_name: null,
      email: "user@example.com",
      tags: { seat: "1" },
      organization: null,
    },
    tags: { end_user_id: "u1", end_user_email: "user@example.com", team: "Blue" },
    metadata: body.metadata,
    connection_config: { subdomain: "acme" },
    created_at: expect.any(String),
    updated_at: expect.any(String),
    last_fetched_at: null,
    credentials: {
      type: "OAUTH2",
      access_token: "a",
      expires_at: "2030-01-01T00:00:00.000Z",
      raw: { access_token: "a", expires_at: "2030-01-01T00:00:00.000Z" },
    },
  };
  expect([created.status, created.body]).toEqual([201, connection]);

  const path = `/connections/user@example.com?${of(integration)}`;
  const read = await call({ path, key });
  expect(read.body).toEqual({ ...connection, last_fetched_at: expect.any(String) });
  const withRefresh = await call({ path: `${path}&refresh_token=true`, key });
  expect(withRefresh.body).toMatchObject({
    credentials: { refresh_token: "r", raw: { refresh_token: "r" } },
  });

  const again = await call({
    method: "POST",
    path: "/connections",
    key,
    body: {
      provider_config_key: integration,
      connection_id: "user@example.com",
      credentials: { type: "OAUTH2", access_token: "b" },
    },
  });
  expect(again.status).toBe(201);
  expect(again.body).toMatchObject({ metadata: body.metadata, tags: connection.tags });
  expect((await call({ path, key })).body).toMatchObject({ credentials: { access_token: "b" } });

  expect((await call({ method: "DELETE", path, key })).body).toEqual({ success: true });
  const gone = await call({ path, key });
  expect([gone.status, gone.body]).toMatchObject([404, { error: { code: "not_found" } }]);
  const twice = await call({ method: "DELETE", path, key });
  expect([twice.status, twice.body]).toMatchObject([400, { error: { code: "unknown_connection" } }]);
  // The id is free again, for a new connection.
  expect((await call({ method: "POST", path: "/connections", key, body })).status).toBe(201);
});

test("without the credentials scope, credentials are there and empty", async ({
  call,
  secretWith,
  addResources,
}) => {
  const { integration, connection } = await addResources();
  const read = await secretWith("environment:connections:read");
  const path = `/connections/${connection}?${of(integration)}&refresh_token=true`;
  expect((await call({ path, key: read })).body).toMatchObject({ credentials: {}, metadata: null });
  expect((await call({ path, key: read })).text).toContain('"credentials":{}');

  const write = await secretWith("environment:connections:write");
  const body = { provider_config_key: integration, credentials: { type: "OAUTH2", access_token: "x" } };
  const created = await call({ method: "POST", path: "/connections", key: write, body });
  expect(created.text).toContain('"credentials":{}');
  expect(created.body).toMatchObject({ connection_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test("API_KEY and BASIC credentials come back as they went in", async ({ call, fullAccessKey: key }) => {
  for (const [provider, credentials] of [
    ["openai", { type: "API_KEY", apiKey: "sk" }],
    ["twilio", { type: "BASIC", username: "u", password: "" }],
  ] as const) {
    await call({ method: "POST", path: "/integrations", key, body: { provider, unique_key: provider } });
    const body = { provider_config_key: provider, connection_id: "c", credentials };
    expect((await call({ method: "POST", path: "/connections", key, body })).body).toMatchObject({
      credentials,
    });
    const read = await call({ path: `/connections/c?${of(provider)}`, key });
    expect(read.body).toMatchObject({ credentials });
  }
});

test("a connection id may hold a slash, written %2F", async ({ call, fullAccessKey: key, addResources }) => {
  const { integration } = await addResources();
  const id = 'a/b\\c "$[|]{}@+~=';
  const body = {
    provider_config_key: integration,
    connection_id: id,
    credentials: { type: "OAUTH2", access_token: "x" },
  };
  expect((await call({ method: "POST", path: "/connections", key, body })).status).toBe(201);
  const read = await call({ path: `/connections/${encodeURIComponent(id)}?${of(integration)}`, key });
  expect(read.body).toMatchObject({ connection_id: id });
});
