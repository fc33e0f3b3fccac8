import { expect, test } from "@/e2e/fixtures/api-test";

const client = { type: "OAUTH2", client_id: "id", client_secret: "secret" };

test("an integration is created, listed, read, changed and deleted", async ({ call, fullAccessKey: key }) => {
  const credentials = { ...client, scopes: "repo,user", webhook_secret: "hook" };
  const body = { provider: "github", unique_key: "my ~code:1", display_name: "Code", credentials };
  const created = await call({ method: "POST", path: "/integrations", key, body });
  const integration = {
    unique_key: "my ~code:1",
    provider: "github",
    display_name: "Code",
    logo: expect.stringMatching(/^data:image/),
    forward_webhooks: true,
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
  };
  expect([created.status, created.body]).toEqual([200, { data: integration }]);

  const path = "/integrations/my%20~code:1";
  expect((await call({ path: "/integrations", key })).body).toEqual({
    data: [{ ...integration, credentials }],
  });
  expect((await call({ path, key })).body).toEqual({ data: integration });
  expect((await call({ path: `${path}?include=webhook&include=credentials`, key })).body).toEqual({
    data: { ...integration, webhook_url: null, credentials },
  });

  const change = { unique_key: "code", forward_webhooks: false, custom: { a: "1" } };
  const changed = await call({ method: "PATCH", path, key, body: change });
  expect(changed.body).toMatchObject({
    data: { unique_key: "code", forward_webhooks: false, display_name: "Code" },
  });
  expect((await call({ path, key })).status).toBe(404);

  expect((await call({ method: "DELETE", path: "/integrations/code", key })).body).toEqual({ success: true });
  const gone = await call({ method: "DELETE", path: "/integrations/code", key });
  expect([gone.status, gone.body]).toMatchObject([
    404,
    { error: { code: "not_found", message: expect.stringContaining("code") } },
  ]);
});

test("the name defaults to the provider's, and an API key provider has no client", async ({
  call,
  fullAccessKey: key,
}) => {
  const body = { provider: "openai", unique_key: "ai", forward_webhooks: false };
  expect((await call({ method: "POST", path: "/integrations", key, body })).status).toBe(200);
  expect((await call({ path: "/integrations/ai?include=credentials", key })).body).toMatchObject({
    data: { display_name: "OpenAI", forward_webhooks: false, credentials: null },
  });
});

test("changed credentials keep what is not given; an empty webhook secret removes it", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration } = await addResources();
  const path = `/integrations/${integration}`;
  const credentialsAfter = async (credentials: object) => {
    const answer = await call({ method: "PATCH", path, key, body: { credentials } });
    expect(answer.status).toBe(200);
    return (await call({ path: `${path}?include=credentials`, key })).body;
  };
  expect(await credentialsAfter({ ...client, client_id: "new", webhook_secret: "hook" })).toMatchObject({
    data: {
      credentials: { client_id: "new", client_secret: "secret", scopes: "repo,user", webhook_secret: "hook" },
    },
  });
  expect(await credentialsAfter({ ...client, scopes: "", webhook_secret: "" })).toMatchObject({
    data: { credentials: { client_id: "id", scopes: null, webhook_secret: null } },
  });
});

const invalid: [what: string, body: object, path: string[] | null, message: string | RegExp][] = [
  ["an unknown provider", { provider: "unknown", unique_key: "x" }, ["provider"], "Unknown provider"],
  ["no credentials", { provider: "github", unique_key: "x" }, null, "Missing credentials"],
  [
    "credentials of another kind",
    { provider: "openai", unique_key: "x", credentials: client },
    ["credentials"],
    /auth mode/,
  ],
  [
    "OAUTH1 for OAUTH2",
    { provider: "github", unique_key: "x", credentials: { ...client, type: "OAUTH1" } },
    ["credentials"],
    /auth mode/,
  ],
  ["a used key", { provider: "twilio", unique_key: "github-1" }, ["uniqueKey"], /has this key/],
  ["a key with a slash", { provider: "twilio", unique_key: "a/b" }, ["unique_key"], /letters/],
  ["a long key", { provider: "twilio", unique_key: "x".repeat(256) }, ["unique_key"], /./],
  ["an unknown field", { provider: "twilio", unique_key: "x", extra: 1 }, [], /extra/],
  ["an empty name", { provider: "twilio", unique_key: "x", display_name: "" }, ["display_name"], /./],
  [
    "no client secret",
    { provider: "github", unique_key: "x", credentials: { ...client, client_secret: "" } },
    ["credentials", "client_secret"],
    /./,
  ],
];

for (const [what, body, path, message] of invalid) {
  test(`creating an integration with ${what} fails and changes nothing`, async ({
    call,
    fullAccessKey: key,
    addResources,
  }) => {
    await addResources();
    const answer = await call({ method: "POST", path: "/integrations", key, body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error: {
        code: "invalid_body",
        message:
          typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message),
        ...(path !== null && { errors: [{ path }] }),
      },
    });
    expect((await call({ path: "/integrations", key })).body).toMatchObject({
      data: [{ unique_key: "github-1" }],
    });
  });
}

test("an integration with connections keeps its key; deleting it deletes them", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration } = await addResources();
  const path = `/integrations/${integration}`;
  const renamed = await call({ method: "PATCH", path, key, body: { unique_key: "other" } });
  expect([renamed.status, renamed.body]).toMatchObject([400, { error: { code: "invalid_body" } }]);
  const same = await call({
    method: "PATCH",
    path,
    key,
    body: { unique_key: integration, display_name: "X" },
  });
  expect(same.status).toBe(200);

  expect((await call({ method: "DELETE", path, key })).status).toBe(200);
  expect((await call({ path: "/connections", key })).body).toEqual({ connections: [] });
});

test("a key can only be taken once, also by ten requests at the same moment", async ({
  call,
  fullAccessKey: key,
}) => {
  const body = { provider: "twilio", unique_key: "phone" };
  const created = await Promise.all(
    Array.from({ length: 10 }, () => call({ method: "POST", path: "/integrations", key, body })),
  );
  expect(created.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);

  const names = Array.from({ length: 5 }, (_, at) => `phone-${at}`);
  for (const unique_key of names) {
    await call({ method: "POST", path: "/integrations", key, body: { ...body, unique_key } });
  }
  const renamed = await Promise.all(
    names.map((name) =>
      call({ method: "PATCH", path: `/integrations/${name}`, key, body: { unique_key: "contested" } }),
    ),
  );
  expect(renamed.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
});
