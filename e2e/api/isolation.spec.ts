import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { expect, test } from "@/e2e/fixtures/api-test";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { exampleOf } from "./examples";

/** What each route answers when what it names exists, but in another environment only. */
const whenElsewhere: Readonly<Record<string, readonly [status: number, code: string | null]>> = {
  "GET /integrations": [200, null],
  // The name is free here: an integration of its own is made.
  "POST /integrations": [200, null],
  "POST /integrations/quickstart": [200, null],
  "GET /config/{providerConfigKey}": [400, "unknown_provider_config"],
  "GET /integrations/{uniqueKey}": [404, "not_found"],
  "PATCH /integrations/{uniqueKey}": [404, "not_found"],
  "DELETE /integrations/{uniqueKey}": [404, "not_found"],
  "GET /connections": [200, null],
  "POST /connections": [404, "not_found"],
  "GET /connections/{connectionId}": [400, "unknown_provider_config"],
  "PATCH /connections/{connectionId}": [400, "unknown_provider_config"],
  "DELETE /connections/{connectionId}": [400, "unknown_connection"],
  "POST /connections/metadata": [404, "unknown_connection"],
  "PATCH /connections/metadata": [404, "unknown_connection"],
  "POST /connection/{connectionId}/metadata": [404, "unknown_connection"],
  "PATCH /connection/{connectionId}/metadata": [404, "unknown_connection"],
  "POST /connect/sessions": [400, "invalid_body"],
  "POST /connect/sessions/reconnect": [400, "invalid_body"],
  "GET /connect/session": [401, "invalid_connect_session_token_format"],
  "DELETE /connect/session": [401, "invalid_connect_session_token_format"],
  "GET /environment-variables": [200, null],
  // A plan names no integration as unknown.
  "POST /sync/deploy/confirmation": [200, null],
  "POST /sync/deploy": [400, "unknown_provider_config"],
  "GET /scripts/config": [200, null],
  "POST /action/trigger": [400, "unknown_connection"],
  "GET /action/{id}": [404, "not_found"],
  "POST /mcp": [400, "unknown_connection"],
  "GET /mcp": [405, null],
  "GET /records": [400, "unknown_connection"],
  "PATCH /records/prune": [400, "unknown_connection"],
  "GET /sync/status": [400, "unknown_provider_config"],
  "POST /sync/trigger": [400, "unknown_provider_config"],
  "POST /sync/start": [400, "unknown_provider_config"],
  "POST /sync/pause": [400, "unknown_provider_config"],
  "PUT /sync/update-connection-frequency": [400, "unknown_connection"],
  "POST /sync/{name}/variant/{variant}": [400, "unknown_connection"],
  "DELETE /sync/{name}/variant/{variant}": [400, "unknown_connection"],
  "GET /providers": [200, null],
  "GET /providers/{provider}": [200, null],
  "ANY /proxy/{path}": [404, "unknown_provider_config"],
};

test("to a key of another environment, nothing here exists, and nothing here changes", async ({
  call,
  apiKey,
  addResources,
  fullAccessKey,
  db,
}) => {
  const resources = await addResources();
  const elsewhere = await makeTestEnvironment(db, true);
  const { secret: stranger } = await apiKey(["environment:*"], { environment: elsewhere });
  const snapshot = async () => [
    (await call({ path: "/integrations", key: fullAccessKey })).body,
    (await call({ path: "/connections", key: fullAccessKey })).body,
  ];
  const before = await snapshot();

  for (const route of declaredRoutes) {
    const request = exampleOf(route, resources);
    const expected = whenElsewhere[`${route.method} ${route.aliasOf ?? route.path}`];
    const answer = await call({ ...request, key: stranger });
    expect([route.method, route.path, answer.status]).toEqual([route.method, route.path, expected?.[0]]);
    if (expected?.[1] !== null) expect(answer.body).toMatchObject({ error: { code: expected?.[1] } });
    expect(answer.text).not.toContain("connection-1");
  }
  expect(await snapshot()).toEqual(before);
});

test("the same names live side by side in two environments", async ({ call, apiKey, addResources, db }) => {
  const { integration, connection } = await addResources();
  const elsewhere = await makeTestEnvironment(db, false);
  const { secret: key } = await apiKey(["environment:*"], { environment: elsewhere });
  const credentials = { type: "OAUTH2", client_id: "id", client_secret: "theirs" };
  const created = [
    await call({
      method: "POST",
      path: "/integrations",
      key,
      body: { provider: "github", unique_key: integration, credentials },
    }),
    await call({
      method: "POST",
      path: "/connections",
      key,
      body: {
        provider_config_key: integration,
        connection_id: connection,
        credentials: { type: "OAUTH2", access_token: "theirs" },
      },
    }),
  ];
  expect(created.map(({ status }) => status)).toEqual([200, 201]);
  const read = await call({ path: `/connections/${connection}?provider_config_key=${integration}`, key });
  expect(read.body).toMatchObject({ credentials: { access_token: "theirs" } });
});
