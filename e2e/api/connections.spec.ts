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

test("an import for the wrong auth mode, an unknown integration or with bad fields is refused", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration } = await addResources();
  const good = {
    provider_config_key: integration,
    connection_id: "new",
    credentials: { type: "OAUTH2", access_token: "x" },
  };
  const attempts: [body: object, status: number, code: string][] = [
    [{ ...good, credentials: { type: "API_KEY", apiKey: "x" } }, 400, "invalid_body"],
    [{ ...good, provider_config_key: "nobody" }, 404, "not_found"],
    [{ ...good, connection_id: "a\u0000b" }, 400, "invalid_body"],
    [{ ...good, connection_id: "a?b" }, 400, "invalid_body"],
    [{ ...good, connection_id: "x".repeat(256) }, 400, "invalid_body"],
    [{ ...good, credentials: { ...good.credentials, access_token: "x".repeat(4097) } }, 400, "invalid_body"],
    [{ ...good, credentials: { ...good.credentials, expires_at: "soon" } }, 400, "invalid_body"],
    [{ ...good, credentials: { ...good.credentials, extra: 1 } }, 400, "invalid_body"],
    [{ ...good, metadata: "text" }, 400, "invalid_body"],
    [{ ...good, metadata: { a: "\u0000" } }, 400, "invalid_body"],
    [{ ...good, metadata: { "\ud800": 1 } }, 400, "invalid_body"],
    [{ ...good, end_user: { id: "" } }, 400, "invalid_body"],
    [{ ...good, end_user: { id: "u", email: "nope" } }, 400, "invalid_body"],
    [{ ...good, end_user: { id: "u", organization: { id: "o" } } }, 400, "invalid_body"],
    [{ ...good, tags: { a: "1", A: "2" } }, 400, "invalid_body"],
  ];
  for (const [body, status, code] of attempts) {
    const answer = await call({ method: "POST", path: "/connections", key, body });
    expect([answer.status, answer.body], JSON.stringify(body).slice(0, 200)).toMatchObject([
      status,
      { error: { code } },
    ]);
  }
  expect((await call({ path: "/connections?connectionId=new", key })).body).toEqual({ connections: [] });
});

test("reading a connection needs its integration, named rightly, and booleans that are booleans", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration, connection } = await addResources();
  const attempts: [query: string, status: number, code: string | null][] = [
    ["", 400, "invalid_query_params"],
    ["provider_config_key=nobody", 400, "unknown_provider_config"],
    [`${of(integration)}&${of(integration)}`, 400, "invalid_query_params"],
    [`${of(integration)}&force_refresh=maybe`, 400, "invalid_query_params"],
    [`${of(integration)}&force_refresh=`, 400, "invalid_query_params"],
    [`${of(integration)}&force_refresh=off&refresh_token=0&refresh_github_app_jwt_token=NO`, 200, null],
    [`${of(integration)}&force_refresh=on`, 424, "invalid_credentials"],
  ];
  for (const [query, status, code] of attempts) {
    const answer = await call({ path: `/connections/${connection}?${query}`, key });
    expect([query, answer.status]).toEqual([query, status]);
    if (code !== null) expect(answer.body).toMatchObject({ error: { code } });
  }
  for (const [id, status] of [
    ["no%00body", 400],
    ["%ff", 400],
    ["x".repeat(256), 400],
    ["nobody", 404],
  ] as const) {
    expect((await call({ path: `/connections/${id}?${of(integration)}`, key })).status).toBe(status);
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

test("end user and tags are changed; tags that are given replace the others", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration, connection } = await addResources();
  const path = `/connections/${connection}?${of(integration)}`;
  const after = async (body: object) => {
    expect((await call({ method: "PATCH", path, key, body })).body).toEqual({ success: true });
    return (await call({ path, key })).body;
  };
  expect(await after({ tags: { Team: "a", x: "1" } })).toMatchObject({
    end_user: null,
    tags: { team: "a", x: "1" },
  });
  expect(await after({ end_user: { id: "u", display_name: "Uma" } })).toMatchObject({
    end_user: { id: "u", display_name: "Uma" },
    tags: { team: "a", x: "1", end_user_id: "u", end_user_display_name: "Uma" },
  });
  const replaced = await after({ tags: { y: "2" } });
  expect(replaced).toMatchObject({ tags: { y: "2", end_user_id: "u", end_user_display_name: "Uma" } });
  expect(replaced).not.toMatchObject({ tags: { team: "a" } });

  for (const [query, status, code] of [
    [of("nobody"), 400, "unknown_provider_config"],
    ["", 400, "invalid_query_params"],
  ] as const) {
    const answer = await call({
      method: "PATCH",
      path: `/connections/${connection}?${query}`,
      key,
      body: {},
    });
    expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
  }
  const missing = await call({
    method: "PATCH",
    path: `/connections/nobody?${of(integration)}`,
    key,
    body: {},
  });
  expect([missing.status, missing.body]).toMatchObject([404, { error: { code: "not_found" } }]);
});

test("ten imports of one id at the same moment make one connection", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration } = await addResources();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      call({
        method: "POST",
        path: "/connections",
        key,
        body: {
          provider_config_key: integration,
          connection_id: "contested",
          credentials: { type: "OAUTH2", access_token: `token ${at}` },
        },
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
  const list = await call({ path: "/connections?connectionId=contested", key });
  expect(list.body).toMatchObject({
    connections: [{ credentials: { access_token: expect.stringMatching(/^token \d$/) } }],
  });
});
