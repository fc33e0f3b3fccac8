import { type IncomingMessage, request as requestHttp } from "node:http";
import { buffer } from "node:stream/consumers";
import { getRequestListener } from "@hono/node-server";
import { importConnection } from "@/lib/connect/connection-lifecycle/lifecycle";
import type { EnvironmentApiOptions } from "@/lib/environment-api/app";
import { createIntegration } from "@/lib/upstream/integrations/lifecycle";
import { bearer, testApi } from "./environment-api";
import { testServer } from "./http-server";

/** Credentials of the test connections. No response or log line may contain them. */
export const secrets = {
  oauth: "planted-access-token-5e1f",
  apiKey: "planted-api-key-77aa",
  password: "planted-password-9c3d",
  token: "planted-client-credentials-token-1b2c",
} as const;

const client = { type: "OAUTH2", client_id: "c", client_secret: "planted-client-secret" } as const;

const connections = [
  ["github", client, { type: "OAUTH2", access_token: secrets.oauth }],
  ["openai", undefined, { type: "API_KEY", apiKey: secrets.apiKey }],
  ["google-gemini", undefined, { type: "API_KEY", apiKey: secrets.apiKey }],
  ["twilio", undefined, { type: "BASIC", username: "ann", password: secrets.password }],
  [
    "spotify-oauth2-cc",
    undefined,
    { type: "OAUTH2_CC", token: secrets.token, client_id: "c", client_secret: "planted-client-secret" },
  ],
  ["unauthenticated", undefined, { type: "NONE" }],
] as const;

export type RawRequest = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
};

/**
 * Sets up an API with connections named "c", at least one for each auth mode, and a key that may use the proxy
 * with any base URL. `plainKey` has the proxy scope alone.
 */
export async function testProxy(options: EnvironmentApiOptions = {}) {
  const api = await testApi(options);
  const { db, masterKey, environment } = api;
  for (const [provider, clientCredentials, credentials] of connections) {
    const values = {
      provider,
      unique_key: provider,
      ...(clientCredentials !== undefined && { credentials: clientCredentials }),
    };
    const created = await createIntegration(db, masterKey, environment.id, values);
    if (!created.ok) throw new Error(created.error);
    const input = { provider_config_key: provider, connection_id: "c", credentials };
    const imported = await importConnection(db, masterKey, environment.id, input);
    if (!imported.ok) throw new Error(imported.error);
  }
  const key = await api.keyWith("environment:proxy", "environment:connections:read_credentials");
  const plainKey = await api.keyWith("environment:proxy");
  const listener = getRequestListener(api.app.fetch, { overrideGlobalObjects: false });
  const serve = () => testServer(listener);

  const headersFor = (upstream: string, more: Readonly<Record<string, string>> = {}) => ({
    ...bearer(key.secret),
    "connection-id": "c",
    "provider-config-key": "github",
    "base-url-override": upstream,
    ...more,
  });
  return { ...api, key, plainKey, serve, headersFor };
}

/**
 * Starts a request with `node:http`, which unlike `fetch` changes neither the path nor the method. The test
 * must end `sent`.
 */
export function startRawRequest(
  origin: string,
  { method = "GET", path, headers = {} }: Omit<RawRequest, "body">,
) {
  const { hostname, port } = new URL(origin);
  const sent = requestHttp({ hostname, port, method, path, headers, agent: false });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve);
    sent.on("error", reject);
  });
  return { sent, response };
}

/** Sends a request and reads its whole response. */
export async function sendRawRequest(origin: string, request: RawRequest) {
  const { sent, response } = startRawRequest(origin, request);
  sent.end(request.body);
  const message = await response;
  return { status: message.statusCode ?? 0, headers: message.headers, body: await buffer(message) };
}
