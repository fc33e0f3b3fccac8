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
const disclosing = bearer((await keyWith("environment:integrations:read_credentials")).secret);

const config = {
  unique_key: "code",
  provider: "github",
  syncs: [{ name: "fetchIssues", description: "fetchIssues" }],
  actions: [{ name: "createIssue", description: "createIssue" }],
};

it("answers the older form of an integration", async () => {
  const answer = await call("/config/code", { headers: plain });
  expect([answer.status, answer.body]).toEqual([200, { config }]);
});

it("shows the client to a key that may see it and asks for it", async () => {
  const client = { client_id: "id", client_secret: "PLANTED", scopes: "repo" };
  const answer = await call("/config/code?include_creds=true", { headers: disclosing });
  expect([answer.status, answer.body]).toEqual([200, { config: { ...config, ...client } }]);
  expect((await call("/config/code", { headers: disclosing })).body).toEqual({ config });
  expect((await call("/config/code?include_creds=false", { headers: plain })).body).toEqual({ config });
});

it("refuses the client to other keys, whether the integration exists or not", async () => {
  for (const name of ["code", "nothing"]) {
    const answer = await call(`/config/${name}?include_creds=true`, { headers: plain });
    expect([answer.status, answer.body]).toMatchObject([
      403,
      { error: { code: "forbidden", required_scope: "environment:integrations:read_credentials" } },
    ]);
  }
});

it("says which integration it does not know", async () => {
  const answer = await call("/config/nothing", { headers: plain });
  expect([answer.status, answer.body]).toMatchObject([
    400,
    { error: { code: "unknown_provider_config", message: expect.stringContaining("nothing") } },
  ]);
});
