import pino from "pino";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { makeTestKey } from "@/e2e/fixtures/api-key";
import { importConnection } from "@/lib/connect/connection-lifecycle/lifecycle";
import { createEnvironmentApi } from "@/lib/environment-api/app";
import { testConnect } from "@/lib/testing/connect";
import { changeIntegration, createIntegration } from "@/lib/upstream/integrations/lifecycle";

/* Tokens that an application gets in its own name, from a real OpenID provider. */

const { db, masterKey, outbound, environment, provider } = await testConnect();
const log = pino({ level: "silent" });
const api = createEnvironmentApi({ db, masterKey, outbound, log, failedAuthPerMinute: 0 });
const disclosing = await makeTestKey(db, masterKey, environment, [
  "environment:connections:read_credentials",
]);
const plain = await makeTestKey(db, masterKey, environment, ["environment:connections:read"]);

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

beforeAll(async () => {
  await createIntegration(db, masterKey, environment.id, { provider: "oauth2-cc-generic", unique_key: "cc" });
  await changeIntegration(db, masterKey, environment.id, "cc", { custom: provider.custom });
});

async function connect(connection_id: string, more: Readonly<Record<string, string>>): Promise<void> {
  const imported = await importConnection(db, masterKey, environment.id, {
    provider_config_key: "cc",
    connection_id,
    credentials: {
      type: "OAUTH2_CC",
      token: "imported",
      client_id: provider.clientId,
      client_secret: provider.clientSecret,
      ...more,
    },
  });
  if (!imported.ok) throw new Error(imported.error);
}

async function read(connectionId: string, key = disclosing, query = "") {
  const response = await api.request(`/connections/${connectionId}?provider_config_key=cc${query}`, {
    headers: { authorization: `Bearer ${key.secret}` },
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

const shownSchema = z.object({ credentials: z.object({ token: z.string() }) });

const granted = () => provider.granted("client_credentials");

it("stays while it works, and is asked for again once, however many read, when it has ended", async () => {
  await connect("works", { expires_at: inSeconds(600) });
  expect(await read("works")).toMatchObject({ status: 200, body: { credentials: { token: "imported" } } });
  expect(granted()).toBe(0);

  await connect("ended", { expires_at: inSeconds(-1) });
  const answers = await Promise.all(Array.from({ length: 10 }, () => read("ended")));
  expect(granted()).toBe(1);
  const { token } = shownSchema.parse(answers[0]?.body).credentials;
  expect(token).not.toBe("imported");
  const credentials = {
    ...{ type: "OAUTH2_CC", token, client_id: provider.clientId, client_secret: provider.clientSecret },
    expires_at: expect.any(String),
    raw: { token_type: "Bearer" },
  };
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 200, body: { errors: [], credentials } });
  }
});

it("is asked for again by force, also by a key that may not see it", async () => {
  const before = granted();
  await connect("forced", {});
  expect(await read("forced", plain, "&force_refresh=true")).toMatchObject({
    status: 200,
    body: { credentials: {} },
  });
  expect(granted()).toBe(before + 1);
  expect(await read("forced")).toMatchObject({
    body: { credentials: { token: expect.not.stringMatching(/^imported$/) } },
  });
});

it("says so when the provider does not know the client", async () => {
  await connect("unknown", { client_secret: "wrong PLANTED", expires_at: inSeconds(-1) });
  const refused = await read("unknown");
  expect(refused).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_credentials", payload: { connection: { credentials: {} } } } },
  });
  expect(JSON.stringify(refused)).not.toContain("PLANTED");
});
