import { describe, expect, it } from "vitest";
import { bearer, testApi } from "@/lib/testing/environment-api";

const { call, keyWith } = await testApi();
const full = bearer((await keyWith("environment:*")).secret);

const post = (path: string, body: object, headers = full) =>
  call(path, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

for (const provider of ["spotify-oauth2-cc", "unauthenticated", "github"]) {
  const client = { type: "OAUTH2", client_id: "id", client_secret: "secret" };
  const credentials = provider === "github" ? { credentials: client } : {};
  const made = await post("/integrations", { provider, unique_key: provider, ...credentials });
  if (made.status !== 200) throw new Error(JSON.stringify(made.body));
}

const clientCredentials = {
  type: "OAUTH2_CC",
  token: "PLANTED-token",
  client_id: "PLANTED-id",
  client_secret: "PLANTED-secret",
  expires_at: "2030-01-01T00:00:00.000Z",
};

describe.each([
  [
    "spotify-oauth2-cc",
    clientCredentials,
    {
      ...clientCredentials,
      raw: { access_token: "PLANTED-token", expires_at: "2030-01-01T00:00:00.000Z" },
    },
  ],
  ["unauthenticated", { type: "NONE" }, {}],
] as const)("a connection to %s", (provider, given, shown) => {
  const path = `/connections/c?provider_config_key=${provider}`;

  it("is imported, read and listed with its credentials by a key with the credentials scope", async () => {
    const made = await post("/connections", {
      provider_config_key: provider,
      connection_id: "c",
      credentials: given,
    });
    expect([made.status, made.body]).toMatchObject([201, { provider }]);
    for (const response of [made, await call(path, { headers: full })]) {
      expect(response.body).toHaveProperty("credentials", shown);
    }
    expect((await call(`${path}&refresh_token=true`, { headers: full })).body).toHaveProperty(
      "credentials",
      shown,
    );
    expect((await call(`/connections?integrationId=${provider}`, { headers: full })).body).toMatchObject({
      connections: [{ provider, credentials: shown }],
    });
  });

  it("is returned without credentials to other keys", async () => {
    const plain = bearer(
      (await keyWith("environment:connections:read", "environment:connections:list")).secret,
    );
    const read = await call(path, { headers: plain });
    expect(read.body).toHaveProperty("credentials", {});
    const listed = await call("/connections", { headers: plain });
    expect(JSON.stringify([read, listed])).not.toContain("PLANTED");
  });
});

it.each([
  ["credentials of another mode", "github", { type: "NONE" }, /auth mode/],
  ["a field that the mode does not have", "unauthenticated", { type: "NONE", token: "x" }, /token/],
  ["a missing field of the mode", "spotify-oauth2-cc", { type: "OAUTH2_CC", token: "x" }, /client_id/],
])("rejects %s", async (_, provider_config_key, credentials, message) => {
  const rejected = await post("/connections", { provider_config_key, credentials });
  expect([rejected.status, rejected.body]).toMatchObject([
    400,
    { error: { code: "invalid_body", message: expect.stringMatching(message) } },
  ]);
});
