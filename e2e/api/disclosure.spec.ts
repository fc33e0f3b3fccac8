import { expect, test } from "@/e2e/fixtures/api-test";
import { allScopes, fullAccess, type Grant, includedScope } from "@/lib/access/scopes/catalog";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { connectSessionOnly } from "@/lib/environment-api/pipeline/route";
import { exampleOf } from "./examples";

const mark = "PLANTED-SECRET";

const isCredentialsScope = (grant: Grant) => grant !== fullAccess && includedScope(grant) !== null;

/** What a key may ask to be shown more. */
const askingForMore = [
  "",
  "include_creds=true",
  "include=credentials&include=webhook",
  "refresh_token=true",
  "refresh_token=true&force_refresh=true",
];

test.beforeEach(async ({ call, fullAccessKey: key, addResources }) => {
  const { integration, connection } = await addResources();
  const client = {
    type: "OAUTH2",
    client_id: `${mark}-id`,
    client_secret: `${mark}-client`,
    webhook_secret: `${mark}-webhook`,
  };
  const tokens = {
    type: "OAUTH2",
    access_token: `${mark}-access`,
    refresh_token: `${mark}-refresh`,
    config_override: { client_secret: `${mark}-override` },
  };
  const answers = [
    await call({ method: "PATCH", path: `/integrations/${integration}`, key, body: { credentials: client } }),
    await call({
      method: "POST",
      path: "/connections",
      key,
      body: { provider_config_key: integration, connection_id: connection, credentials: tokens },
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 201]);
});

const resources = {
  integration: "github-1",
  connection: "connection-1",
  action: "greet-1",
  actionRun: "00000000-0000-4000-8000-000000000000",
};

test("no key without a credentials scope is ever shown a credential", async ({
  call,
  secretWith,
  server,
}) => {
  test.slow();
  const plain = allScopes.filter((scope) => !isCredentialsScope(scope));
  const keys = await Promise.all([...plain.map((scope) => secretWith(scope)), secretWith(...plain)]);
  let succeeded = 0;
  // Reads first: what deletes comes last.
  const routes = declaredRoutes
    .filter(({ scope }) => scope !== connectSessionOnly)
    .toSorted((a, b) => rank(a.method) - rank(b.method));
  for (const route of routes) {
    const request = exampleOf(route, { ...resources, upstream: server.baseURL });
    for (const key of keys) {
      for (const more of route.method === "GET" ? askingForMore : [""]) {
        const separator = request.path.includes("?") ? "&" : "?";
        const path = more === "" ? request.path : `${request.path}${separator}${more}`;
        const answer = await call({ ...request, path, key });
        expect(answer.text).not.toContain(mark);
        if (answer.status < 300) succeeded += 1;
      }
    }
  }
  // Each route opens at least to its own plain scope and to all of them together.
  expect(succeeded).toBeGreaterThanOrEqual(routes.length);
});

function rank(method: string): number {
  return ["GET", "POST", "PUT", "PATCH", "DELETE"].indexOf(method);
}

test("with its credentials scope, each of the four shows what it is for", async ({ call, secretWith }) => {
  const shown = async (grant: Grant, path: string) =>
    [
      ...new Set(
        (await call({ path, key: await secretWith(grant) })).text.match(new RegExp(`${mark}-\\w+`, "g")),
      ),
    ].sort();
  const client = [`${mark}-client`, `${mark}-id`, `${mark}-webhook`];
  const tokens = [`${mark}-access`, `${mark}-override`];
  expect(await shown("environment:integrations:list_credentials", "/integrations")).toEqual(client);
  expect(await shown("environment:connections:list_credentials", "/connections")).toEqual(
    [...tokens, `${mark}-refresh`].sort(),
  );

  const oneIntegration = `/integrations/${resources.integration}`;
  const readIntegration = "environment:integrations:read_credentials";
  expect(await shown(readIntegration, oneIntegration)).toEqual([]);
  expect(await shown(readIntegration, `${oneIntegration}?include=webhook`)).toEqual([]);
  expect(await shown(readIntegration, `${oneIntegration}?include=credentials`)).toEqual(client);

  const oneConnection = `/connections/${resources.connection}?provider_config_key=${resources.integration}`;
  const readConnection = "environment:connections:read_credentials";
  expect(await shown(readConnection, oneConnection)).toEqual(tokens);
  expect(await shown(readConnection, `${oneConnection}&refresh_token=true`)).toEqual(
    [...tokens, `${mark}-refresh`].sort(),
  );
});

test("a credentials scope of one resource shows nothing of the other", async ({ call, secretWith }) => {
  const ofIntegrations = await secretWith(
    "environment:integrations:read_credentials",
    "environment:integrations:list_credentials",
    "environment:connections:read",
    "environment:connections:list",
  );
  for (const path of [
    "/connections",
    `/connections/${resources.connection}?provider_config_key=${resources.integration}`,
  ]) {
    const answer = await call({ path, key: ofIntegrations });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(mark);
  }
});

test("nothing that was planted is in the database in clear, nor in the log", async ({ db, server }) => {
  for (const table of ["integrations", "connections"]) {
    const [row] = await db.execute<{ found: boolean }>(
      `select coalesce(bool_or(t::text like '%${mark}%' or position('${mark}'::bytea in credentials_sealed) > 0), false) as found from ${table} t`,
    );
    expect(row?.found).toBe(false);
  }
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(server.logFile, "utf8")).not.toContain(mark);
});
