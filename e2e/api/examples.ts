import type { Resources } from "@/e2e/fixtures/api-test";
import type { ApiRequest } from "@/e2e/fixtures/call-api";
import { confirmationBody, deploymentBody, flow } from "@/e2e/fixtures/deployment";
import type { DeclaredRoute } from "@/lib/environment-api/catalog/declared-routes";
import { anyMethod } from "@/lib/environment-api/pipeline/route";
import { encodeCursor } from "@/lib/functions/records/cursor";

type Example = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

const provider_config_key = (resources: Resources) => `provider_config_key=${resources.integration}`;

const metadata = ({ integration, connection }: Resources): Example => ({
  body: { provider_config_key: integration, connection_id: connection, metadata: { plan: "gold" } },
});

const oneMetadata = (resources: Resources): Example => ({
  params: { connectionId: resources.connection },
  query: provider_config_key(resources),
  body: { plan: "gold" },
});

const pair = ({ integration, connection }: Resources) => ({
  "provider-config-key": integration,
  "connection-id": connection,
});

const flows = ({ integration, action }: Resources) => [flow({ name: action, key: integration })];

const ofBody = ({ integration, connection }: Resources) => ({
  provider_config_key: integration,
  connection_id: connection,
});

const issues = (resources: Resources): Example => ({ body: { syncs: ["issues"], ...ofBody(resources) } });

const someCursor = encodeCursor({
  at: "2026-01-01T00:00:00.000000Z",
  id: "00000000-0000-4000-8000-000000000000",
});

/** A request for every route that succeeds, by method and path. A test fails when a route has none. */
export const examples: Readonly<Record<string, (resources: Resources) => Example>> = {
  "GET /integrations": () => ({}),
  "POST /integrations": ({ integration }) => ({
    body: { provider: "twilio", unique_key: `${integration}-new` },
  }),
  "POST /integrations/quickstart": ({ integration }) => ({
    body: { provider: "slack", unique_key: `${integration}-quick` },
  }),
  "GET /config/{providerConfigKey}": ({ integration }) => ({ params: { providerConfigKey: integration } }),
  "GET /integrations/{uniqueKey}": ({ integration }) => ({ params: { uniqueKey: integration } }),
  "PATCH /integrations/{uniqueKey}": ({ integration }) => ({
    params: { uniqueKey: integration },
    body: { display_name: "Code" },
  }),
  "DELETE /integrations/{uniqueKey}": ({ integration }) => ({ params: { uniqueKey: integration } }),
  "GET /connections": () => ({ query: "limit=10" }),
  "POST /connections": ({ integration }) => ({
    body: { provider_config_key: integration, credentials: { type: "OAUTH2", access_token: "token" } },
  }),
  "GET /connections/{connectionId}": (resources) => ({
    params: { connectionId: resources.connection },
    query: provider_config_key(resources),
  }),
  "PATCH /connections/{connectionId}": (resources) => ({
    params: { connectionId: resources.connection },
    query: provider_config_key(resources),
    body: { tags: { team: "blue" } },
  }),
  "DELETE /connections/{connectionId}": (resources) => ({
    params: { connectionId: resources.connection },
    query: provider_config_key(resources),
  }),
  "POST /connections/metadata": metadata,
  "PATCH /connections/metadata": metadata,
  "POST /connection/{connectionId}/metadata": oneMetadata,
  "PATCH /connection/{connectionId}/metadata": oneMetadata,
  "POST /connect/sessions": ({ integration }) => ({
    body: { end_user: { id: "ada" }, allowed_integrations: [integration] },
  }),
  "POST /connect/sessions/reconnect": ({ integration, connection }) => ({
    body: { integration_id: integration, connection_id: connection },
  }),
  "GET /connect/session": () => ({}),
  "DELETE /connect/session": () => ({}),
  "GET /environment-variables": () => ({}),
  "POST /sync/deploy/confirmation": (resources) => ({ body: confirmationBody(flows(resources)) }),
  "POST /sync/deploy": (resources) => ({
    body: deploymentBody(flows(resources), { deployMode: "single" }),
  }),
  "GET /scripts/config": () => ({ query: "format=nango" }),
  "POST /action/trigger": (resources) => ({
    headers: pair(resources),
    body: { action_name: resources.action, input: { name: "Ada" } },
  }),
  "GET /action/{id}": ({ actionRun }) => ({ params: { id: actionRun } }),
  "POST /mcp": (resources) => ({
    headers: { ...pair(resources), accept: "application/json, text/event-stream" },
    body: { jsonrpc: "2.0", id: 1, method: "tools/list" },
  }),
  "GET /mcp": () => ({}),
  "GET /records": (resources) => ({ headers: pair(resources), query: "model=Issue&limit=10" }),
  "PATCH /records/prune": (resources) => ({
    headers: pair(resources),
    body: { model: "Issue", until_cursor: someCursor },
  }),
  "GET /sync/status": (resources) => ({ query: `syncs=issues&${provider_config_key(resources)}` }),
  "POST /sync/trigger": issues,
  "POST /sync/start": issues,
  "POST /sync/pause": issues,
  "PUT /sync/update-connection-frequency": (resources) => ({
    body: { ...ofBody(resources), sync_name: "issues", frequency: "every 5 minutes" },
  }),
  "POST /sync/{name}/variant/{variant}": (resources) => ({
    params: { name: "issues", variant: "us" },
    body: ofBody(resources),
  }),
  "DELETE /sync/{name}/variant/{variant}": (resources) => ({
    params: { name: "issues", variant: "eu" },
    body: ofBody(resources),
  }),
  "GET /providers": () => ({}),
  "GET /providers/{provider}": () => ({ params: { provider: "oauth2-generic" } }),
  // The server's own health check stands in for a provider.
  "ANY /proxy/{path}": ({ integration, connection, upstream }) => ({
    params: { path: "healthz" },
    headers: {
      "provider-config-key": integration,
      "connection-id": connection,
      "base-url-override": upstream,
    },
  }),
};

/** The example of a route, or of the route it is an older address of, at the route's own address. */
export function exampleOf(route: DeclaredRoute, resources: Resources): ApiRequest {
  const example = examples[`${route.method} ${route.aliasOf ?? route.path}`];
  if (example === undefined) throw new Error(`${route.method} ${route.path} has no example`);
  const { params = {}, query, body, headers } = example(resources);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? name),
  );
  return {
    method: route.method === anyMethod ? "GET" : route.method,
    path: query === undefined ? path : `${path}?${query}`,
    ...(body !== undefined && { body }),
    ...(headers !== undefined && { headers }),
  };
}
