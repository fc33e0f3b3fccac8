import { expect, it } from "vitest";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { createIntegration } from "@/lib/upstream/integrations/lifecycle";

const { db, pool, masterKey, environment, call, keyWith } = await testApi();

const created = await createIntegration(db, masterKey, environment.id, {
  provider: "github",
  unique_key: "code",
  credentials: { type: "OAUTH2", client_id: "id", client_secret: "PLANTED", scopes: "repo" },
});
if (!created.ok) throw new Error(created.error);
for (const [kind, name] of [
  ["sync", "fetchIssues"],
  ["action", "createIssue"],
  ["on-event", "cleanUp"],
] as const) {
  await pool`insert into functions (environment_id, integration_id, kind, name, version, definition)
    values (${environment.id}, ${created.value.id}, ${kind}, ${name}, '1', ${JSON.stringify({ description: name })}::jsonb)`;
}

const plain = bearer((await keyWith("environment:integrations:read")).secret);
const withCredentials = bearer((await keyWith("environment:integrations:read_credentials")).secret);

const config = {
  unique_key: "code",
  provider: "github",
  syncs: [{ name: "fetchIssues", description: "fetchIssues" }],
  actions: [{ name: "createIssue", description: "createIssue" }],
};

it("returns the older form of an integration", async () => {
  const response = await call("/config/code", { headers: plain });
  expect([response.status, response.body]).toEqual([200, { config }]);
});

it("returns the OAuth client only on request, to a key with the credentials scope", async () => {
  const client = { client_id: "id", client_secret: "PLANTED", scopes: "repo" };
  const response = await call("/config/code?include_creds=true", { headers: withCredentials });
  expect([response.status, response.body]).toEqual([200, { config: { ...config, ...client } }]);
  expect((await call("/config/code", { headers: withCredentials })).body).toEqual({ config });
  expect((await call("/config/code?include_creds=false", { headers: plain })).body).toEqual({ config });
});

it("denies the OAuth client to other keys, whether the integration exists or not", async () => {
  for (const name of ["code", "nothing"]) {
    const response = await call(`/config/${name}?include_creds=true`, { headers: plain });
    expect([response.status, response.body]).toMatchObject([
      403,
      { error: { code: "forbidden", required_scope: "environment:integrations:read_credentials" } },
    ]);
  }
});

it("names an unknown integration in the error", async () => {
  const response = await call("/config/nothing", { headers: plain });
  expect([response.status, response.body]).toMatchObject([
    400,
    { error: { code: "unknown_provider_config", message: expect.stringContaining("nothing") } },
  ]);
});
