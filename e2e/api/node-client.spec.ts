import { Nango } from "@nangohq/node";
import { expect, test } from "@/e2e/fixtures/api-test";
import { sealVariable } from "@/lib/functions/variables/secret";
import { insertVariable, nextVariableId } from "@/lib/functions/variables/store";

/* The public client, unmodified, against the real server. */

const credentials = { type: "OAUTH2", client_id: "id", client_secret: "secret", scopes: "repo" } as const;

test("providers and integrations", async ({ server, fullAccessKey: secretKey }) => {
  const nango = new Nango({ host: server.baseURL, secretKey });
  const { data: found } = await nango.listProviders({ search: "git" });
  expect(found.map(({ name }) => name)).toEqual(["github", "gitlab"]);
  expect((await nango.getProvider({ provider: "github" })).data).toMatchObject({
    name: "github",
    auth_mode: "OAUTH2",
  });

  await nango.createIntegration({ provider: "github", unique_key: "gh", credentials });
  await nango.updateIntegration({ uniqueKey: "gh" }, { display_name: "Code" });
  expect((await nango.listIntegrations()).configs).toMatchObject([
    { unique_key: "gh", display_name: "Code" },
  ]);
  const read = await nango.getIntegration({ uniqueKey: "gh" }, { include: ["webhook", "credentials"] });
  expect(read.data).toMatchObject({ unique_key: "gh", credentials: { client_secret: "secret" } });
  expect((await nango.deleteIntegration("gh")).status).toBe(200);
  await expect(nango.getIntegration({ uniqueKey: "gh" })).rejects.toMatchObject({
    response: { status: 404, data: { error: { code: "not_found" } } },
  });
});

test("connections, tokens and metadata", async ({ server, fullAccessKey: secretKey, addResources }) => {
  const { integration, connection } = await addResources();
  const nango = new Nango({ host: server.baseURL, secretKey });
  expect((await nango.listConnections()).connections).toMatchObject([{ connection_id: connection }]);
  expect((await nango.getConnection(integration, connection)).credentials).toMatchObject({ type: "OAUTH2" });
  expect(await nango.getToken(integration, connection)).toBe("access token");
  expect(await nango.getRawTokenResponse(integration, connection)).toEqual({ access_token: "access token" });
  const whole = await nango.getConnection(integration, connection, false, true);
  expect(whole.credentials).toMatchObject({ refresh_token: "refresh token" });
  // Nothing listens at the provider's address.
  await expect(nango.getConnection(integration, connection, true)).rejects.toMatchObject({
    response: { status: 424, data: { error: { code: "invalid_credentials" } } },
  });

  expect((await nango.setMetadata(integration, connection, { a: 1 })).status).toBe(201);
  expect((await nango.updateMetadata(integration, [connection], { b: 2 })).status).toBe(200);
  expect(await nango.getMetadata(integration, connection)).toEqual({ a: 1, b: 2 });

  await nango.patchConnection(
    { connectionId: connection, provider_config_key: integration },
    { end_user: { id: "u1", email: "ann@acme.test" } },
  );
  const byTag = await nango.listConnections({
    tags: { end_user_id: "u1" },
    integrationId: [integration],
    limit: 5,
  });
  expect(byTag.connections).toHaveLength(1);
  expect((await nango.listConnections({ userId: "u2" })).connections).toEqual([]);
  expect(await nango.waitForConnection(integration, "u1")).toMatchObject({ connection_id: connection });

  expect((await nango.deleteConnection(integration, connection)).status).toBe(200);
  expect((await nango.listConnections()).connections).toEqual([]);
});

test("a key with plain scopes works and gets no token", async ({ server, secretWith, addResources }) => {
  const { integration, connection } = await addResources();
  const secretKey = await secretWith("environment:connections:read");
  const nango = new Nango({ host: server.baseURL, secretKey });
  expect(await nango.getToken(integration, connection)).toEqual({});
  expect(await nango.getRawTokenResponse(integration, connection)).toBeUndefined();
  await expect(nango.listConnections()).rejects.toMatchObject({
    response: {
      status: 403,
      data: { error: { code: "forbidden", required_scope: "environment:connections:list" } },
    },
  });
});

test("environment variables", async ({ server, secretWith, db, environment, masterKey }) => {
  const nango = new Nango({ host: server.baseURL, secretKey: await secretWith("environment:config:read") });
  expect(await nango.getEnvironmentVariables()).toEqual([]);
  for (const name of ["SECOND", "FIRST"]) {
    const id = await nextVariableId(db);
    const sealed = sealVariable(masterKey, id, `value of ${name}`);
    await insertVariable(db, environment.id, { id, name, sealed });
  }
  expect(await nango.getEnvironmentVariables()).toEqual([
    { name: "FIRST", value: "value of FIRST" },
    { name: "SECOND", value: "value of SECOND" },
  ]);
});
