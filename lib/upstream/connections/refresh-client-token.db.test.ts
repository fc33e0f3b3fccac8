import pino from "pino";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { makeTestKey } from "@/e2e/fixtures/api-key";
import { importConnection } from "@/lib/connect/connection-lifecycle/lifecycle";
import { createEnvironmentApi } from "@/lib/environment-api/app";
import { testConnect } from "@/lib/testing/connect";
import { createIntegration } from "@/lib/upstream/integrations/lifecycle";

/* Refresh of client credentials tokens (RFC 6749, 4.4) at a real OpenID provider. */

const { db, masterKey, outbound, environment, provider } = await testConnect();
const log = pino({ level: "silent" });
const api = createEnvironmentApi({ db, masterKey, outbound, log, failedAuthPerMinute: 0 });
const credentialsKey = await makeTestKey(db, masterKey, environment, [
  "environment:connections:read_credentials",
]);
const readKey = await makeTestKey(db, masterKey, environment, ["environment:connections:read"]);

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

beforeAll(async () => {
  const { custom } = provider;
  await createIntegration(db, masterKey, environment.id, {
    provider: "oauth2-cc-generic",
    unique_key: "cc",
    custom,
  });
});

async function importTestConnection(
  connection_id: string,
  overrides: Readonly<Record<string, string>>,
): Promise<void> {
  const imported = await importConnection(db, masterKey, environment.id, {
    provider_config_key: "cc",
    connection_id,
    credentials: {
      type: "OAUTH2_CC",
      token: "imported",
      client_id: provider.clientId,
      client_secret: provider.clientSecret,
      ...overrides,
    },
  });
  if (!imported.ok) throw new Error(imported.error);
}

async function readConnection(connectionId: string, key = credentialsKey, query = "") {
  const response = await api.request(`/connections/${connectionId}?provider_config_key=cc${query}`, {
    headers: { authorization: `Bearer ${key.secret}` },
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

const responseSchema = z.object({ credentials: z.object({ token: z.string() }) });

const grantCount = () => provider.granted("client_credentials");

it("keeps a valid token, and requests a new one once for concurrent reads after expiry", async () => {
  await importTestConnection("works", { expires_at: inSeconds(600) });
  expect(await readConnection("works")).toMatchObject({
    status: 200,
    body: { credentials: { token: "imported" } },
  });
  expect(grantCount()).toBe(0);

  await importTestConnection("ended", { expires_at: inSeconds(-1) });
  const responses = await Promise.all(Array.from({ length: 10 }, () => readConnection("ended")));
  expect(grantCount()).toBe(1);
  const { token } = responseSchema.parse(responses[0]?.body).credentials;
  expect(token).not.toBe("imported");
  const credentials = {
    ...{ type: "OAUTH2_CC", token, client_id: provider.clientId, client_secret: provider.clientSecret },
    expires_at: expect.any(String),
    raw: { token_type: "Bearer" },
  };
  for (const response of responses) {
    expect(response).toMatchObject({ status: 200, body: { errors: [], credentials } });
  }
});

it("requests a new token with force_refresh, but only for a key that may read credentials", async () => {
  const before = grantCount();
  await importTestConnection("forced", {});
  expect(await readConnection("forced", readKey, "&force_refresh=true")).toMatchObject({
    status: 403,
    body: { error: { code: "forbidden", required_scope: "environment:connections:read_credentials" } },
  });
  expect(await readConnection("forced", readKey, "&force_refresh=false")).toMatchObject({
    status: 200,
    body: { credentials: {} },
  });
  expect(grantCount()).toBe(before);
  expect(await readConnection("forced", credentialsKey, "&force_refresh=true")).toMatchObject({
    status: 200,
  });
  expect(grantCount()).toBe(before + 1);
  expect(await readConnection("forced")).toMatchObject({
    body: { credentials: { token: expect.not.stringMatching(/^imported$/) } },
  });
});

it("returns 400 without a secret when the provider rejects the client", async () => {
  await importTestConnection("unknown", { client_secret: "wrong PLANTED", expires_at: inSeconds(-1) });
  const rejected = await readConnection("unknown");
  expect(rejected).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_credentials", payload: { connection: { credentials: {} } } } },
  });
  expect(JSON.stringify(rejected)).not.toContain("PLANTED");
});
