import { expect, test } from "@/e2e/fixtures/api-test";

const of = (integration: string) => `provider_config_key=${integration}`;

test("an import for the wrong auth mode, an unknown integration or with invalid fields fails", async ({
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
    [{ ...good, provider_config_key: "unknown" }, 404, "not_found"],
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
    ["provider_config_key=unknown", 400, "unknown_provider_config"],
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
    ["unknown", 404],
  ] as const) {
    expect((await call({ path: `/connections/${id}?${of(integration)}`, key })).status).toBe(status);
  }
});
