import { setTimeout as wait } from "node:timers/promises";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeTestKey } from "@/e2e/fixtures/api-key";
import { importConnection } from "@/lib/connect/connection-lifecycle/lifecycle";
import { createEnvironmentApi } from "@/lib/environment-api/app";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { createOutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { testConnect } from "@/lib/testing/connect";
import { changeIntegration } from "@/lib/upstream/integrations/lifecycle";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import { findSealedCredentials } from "./credentials-store";
import { getFreshCredentials } from "./refresh";
import { sealCredentials, unsealCredentials } from "./secret";
import { updateConnection } from "./store";

const { db, masterKey, outbound, dependencies, pool, url, environment, provider, connectAs } =
  await testConnect();
const log = pino({ level: "silent" });
const api = createEnvironmentApi({ db, masterKey, outbound, log, failedAuthPerMinute: 0 });
const keys = {
  plain: await makeTestKey(db, masterKey, environment, ["environment:connections:read"]),
  credentials: await makeTestKey(db, masterKey, environment, ["environment:connections:read_credentials"]),
};

let userCount = 0;
let connection: Awaited<ReturnType<typeof connectAs>>;

beforeEach(async () => {
  userCount += 1;
  connection = await connectAs(`user-${userCount}`);
});

async function read(query = "", key: keyof typeof keys = "credentials") {
  const path = `/connections/${connection.connectionId}?provider_config_key=openid${query}`;
  const response = await api.request(path, { headers: { authorization: `Bearer ${keys[key].secret}` } });
  const body: Record<string, unknown> = await response.json();
  return { status: response.status, body };
}

async function readStoredCredentials(): Promise<Extract<Credentials, { type: "OAUTH2" }>> {
  const sealed = (await findSealedCredentials(db, environment.id, [connection.id])).get(connection.id);
  if (sealed === undefined) throw new Error("No such connection");
  const credentials = unsealCredentials(masterKey, connection.id, sealed);
  if (credentials.type !== "OAUTH2") throw new Error("Another kind of credentials");
  return credentials;
}

/** Changes fields of the stored credentials. */
async function changeStoredCredentials(
  change: Partial<Awaited<ReturnType<typeof readStoredCredentials>>>,
): Promise<void> {
  const credentialsSealed = sealCredentials(masterKey, connection.id, {
    ...(await readStoredCredentials()),
    ...change,
  });
  await updateConnection(db, environment.id, connection.id, { credentialsSealed });
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe("an access token", () => {
  it("is returned unchanged while it is valid", async () => {
    const before = await readStoredCredentials();
    const requests = provider.tokenRequests();
    const { status, body } = await read();
    expect([status, body.credentials]).toMatchObject([200, { access_token: before.access_token }]);
    expect(provider.tokenRequests()).toBe(requests);
  });

  it.each([-10, 0, 55])(
    "is refreshed when it expires in %d s, and its refresh token rotates",
    async (seconds) => {
      await changeStoredCredentials({ expires_at: inSeconds(seconds) });
      const before = await readStoredCredentials();
      const { status, body } = await read();
      const after = await readStoredCredentials();
      expect(status).toBe(200);
      expect(body.credentials).toMatchObject({
        access_token: after.access_token,
        expires_at: after.expires_at,
      });
      expect(after.access_token).not.toBe(before.access_token);
      expect(after.refresh_token).not.toBe(before.refresh_token);
      expect(JSON.stringify(body)).not.toContain(after.refresh_token);
      // The provider accepts the stored refresh token.
      expect(await read("&force_refresh=true")).toMatchObject({ status: 200 });
    },
  );

  it("is also refreshed for a key that may not read credentials", async () => {
    await changeStoredCredentials({ expires_at: inSeconds(-10) });
    const before = await readStoredCredentials();
    const { status, body } = await read("", "plain");
    const after = await readStoredCredentials();
    expect([status, body.credentials]).toEqual([200, {}]);
    expect(after.access_token).not.toBe(before.access_token);
    expect(JSON.stringify(body)).not.toContain(after.access_token);
  });

  it("is not refreshed while it is valid for a key that may not read credentials", async () => {
    const before = await readStoredCredentials();
    const { status, body } = await read("&force_refresh=true", "plain");
    expect([status, body]).toMatchObject([
      403,
      { error: { code: "forbidden", required_scope: "environment:connections:read_credentials" } },
    ]);
    expect(await readStoredCredentials()).toEqual(before);
    expect(await read("&force_refresh=true")).toMatchObject({ status: 200 });
    expect(await readStoredCredentials()).not.toEqual(before);
  });

  it("is returned with its refresh token on request to a key that may read credentials", async () => {
    const { refresh_token } = await readStoredCredentials();
    expect(refresh_token).toBeDefined();
    expect((await read("&refresh_token=true")).body.credentials).toMatchObject({
      refresh_token,
      raw: { refresh_token },
    });
    expect((await read("&refresh_token=true", "plain")).body.credentials).toEqual({});
    expect(JSON.stringify((await read()).body)).not.toContain(refresh_token);
  });

  it("is returned unchanged when there is no refresh token", async () => {
    await changeStoredCredentials({ expires_at: inSeconds(-10), refresh_token: undefined });
    const requests = provider.tokenRequests();
    expect(await read("&force_refresh=true")).toMatchObject({ status: 200 });
    expect(provider.tokenRequests()).toBe(requests);
  });
});

describe("concurrent reads", () => {
  it.each(["&force_refresh=true", ""])("cause one refresh (%j)", async (query) => {
    await changeStoredCredentials({ expires_at: inSeconds(-10) });
    const granted = provider.granted("refresh_token");
    const responses = await Promise.all(Array.from({ length: 10 }, () => read(query)));
    expect(provider.granted("refresh_token")).toBe(granted + 1);
    const { access_token } = await readStoredCredentials();
    for (const { status, body } of responses) {
      expect([status, body.credentials]).toMatchObject([200, { access_token }]);
    }
  });

  it("in several processes cause one refresh", async () => {
    const pools = [openPool(url, 3), openPool(url, 3), openPool(url, 3)];
    provider.delay(250);
    const granted = provider.granted("refresh_token");
    const request = { force: true, requestedAt: new Date() };
    const outcomes = await Promise.all(
      pools.flatMap((ownPool) => {
        const ownDependencies = { ...dependencies, db: databaseFromPool(ownPool) };
        return Array.from({ length: 4 }, () =>
          getFreshCredentials(ownDependencies, environment.id, connection.id, request),
        );
      }),
    );
    provider.delay(0);
    expect(provider.granted("refresh_token")).toBe(granted + 1);
    const { access_token } = await readStoredCredentials();
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: true, value: { access_token } });
    await Promise.all(pools.map((ownPool) => ownPool.end()));
  });

  it("hold no database connection while they wait for the provider", async () => {
    provider.delay(1000);
    const granted = provider.granted("refresh_token");
    const requests = provider.tokenRequests();
    const reads = Array.from({ length: 40 }, () => read("&force_refresh=true"));
    while (provider.tokenRequests() === requests) await wait(10);
    await Promise.all(Array.from({ length: 20 }, () => pool`select 1`));
    expect(provider.granted("refresh_token")).toBe(granted);
    await Promise.all(reads);
    provider.delay(0);
    expect(provider.granted("refresh_token")).toBe(granted + 1);
  });

  it("return credentials that were stored during the refresh", async () => {
    provider.delay(300);
    const requests = provider.tokenRequests();
    const reading = read("&force_refresh=true");
    while (provider.tokenRequests() === requests) await wait(10);
    await importConnection(db, masterKey, environment.id, {
      provider_config_key: "openid",
      connection_id: connection.connectionId,
      credentials: { type: "OAUTH2", access_token: "imported" },
    });
    const { body } = await reading;
    provider.delay(0);
    expect(body.credentials).toMatchObject({ access_token: "imported" });
    expect(await readStoredCredentials()).toMatchObject({ access_token: "imported" });
  });

  it("refresh expired credentials that were stored during the refresh", async () => {
    const requests = provider.tokenRequests();
    const reading = await readWhileProviderDelays("&force_refresh=true");
    await importConnection(db, masterKey, environment.id, {
      provider_config_key: "openid",
      connection_id: connection.connectionId,
      credentials: {
        type: "OAUTH2",
        access_token: "imported",
        refresh_token: "revoked",
        expires_at: inSeconds(-10),
      },
    });
    expect(await reading.response).toMatchObject({ status: 400 });
    provider.delay(0);
    expect(provider.tokenRequests()).toBe(requests + 2);
  });

  it.each([
    ["&force_refresh=true", ""],
    ["", "&force_refresh=true"],
  ])(
    "share a failed refresh; only those that force it get its error (%j, then %j)",
    async (first, second) => {
      await changeStoredCredentials({ expires_at: inSeconds(30), refresh_token: "revoked" });
      const { access_token } = await readStoredCredentials();
      const requests = provider.tokenRequests();
      const reading = await readWhileProviderDelays(first);
      const responses = { [first]: reading.response, [second]: read(second) };
      expect(await responses["&force_refresh=true"]).toMatchObject({ status: 400 });
      expect(await responses[""]).toMatchObject({ status: 200, body: { credentials: { access_token } } });
      provider.delay(0);
      expect(provider.tokenRequests()).toBe(requests + 1);
    },
  );
});

/**
 * Starts a read and waits until the provider has received its token request, which it answers after 300 ms.
 */
async function readWhileProviderDelays(query: string) {
  provider.delay(300);
  const requests = provider.tokenRequests();
  const response = read(query);
  while (provider.tokenRequests() === requests) await wait(10);
  return { response };
}

describe("a failed refresh", () => {
  const changeAddresses = (custom: Readonly<Record<string, string>>) =>
    changeIntegration(
      db,
      masterKey,
      environment.id,
      "openid",
      { custom },
      { canChooseDestination: true, requestId: "test" },
    );
  afterEach(() => changeAddresses(provider.custom));

  it("returns 400 without credentials, and is not retried during the backoff", async () => {
    await changeStoredCredentials({ expires_at: inSeconds(-10), refresh_token: "revoked" });
    const { status, body } = await read();
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: {
        code: "invalid_credentials",
        message: "The access token could not be refreshed: The provider answered 400 (invalid_grant)",
        payload: { connection: { connection_id: connection.connectionId, credentials: {} } },
      },
    });
    expect(JSON.stringify(body)).not.toContain("revoked");

    const requests = provider.tokenRequests();
    expect(await read("", "plain")).toMatchObject({ status: 400 });
    expect(provider.tokenRequests()).toBe(requests);
    expect(await read("&force_refresh=true")).toMatchObject({ status: 400 });
    expect(provider.tokenRequests()).toBe(requests + 1);
    const [row] = await pool<{ failures: number }[]>`
      select (refresh_failure ->> 'failures')::int as failures from connections where id = ${connection.id}`;
    expect(row?.failures).toBe(2);
  });

  it("is listed on the connection until a refresh succeeds", async () => {
    const before = await readStoredCredentials();
    await changeStoredCredentials({ expires_at: inSeconds(-10), refresh_token: "revoked" });
    const failed = await read();
    expect(failed).toMatchObject({
      body: {
        error: { payload: { connection: { errors: [{ type: "auth", log_id: expect.any(String) }] } } },
      },
    });
    await changeStoredCredentials({ refresh_token: before.refresh_token });
    expect(await read()).toMatchObject({ status: 200, body: { errors: [] } });
  });

  it("returns 424 when the provider is unreachable, but no error while the token is valid", async () => {
    const unreachable = { ...provider.custom, token_url: "http://127.0.0.1:1/token" };
    await changeAddresses(unreachable);
    await changeStoredCredentials({ expires_at: inSeconds(30) });
    const { access_token } = await readStoredCredentials();
    expect(await read()).toMatchObject({ status: 200, body: { credentials: { access_token } } });
    expect(await read("&force_refresh=true")).toMatchObject({
      status: 424,
      body: { error: { code: "invalid_credentials", message: expect.stringContaining("ECONNREFUSED") } },
    });
  });

  it("does not connect to private addresses unless they are allowed", async () => {
    const restricted = { ...dependencies, outbound: createOutboundPolicy(false) };
    const requests = provider.tokenRequests();
    const request = { force: true, requestedAt: new Date() };
    expect(await getFreshCredentials(restricted, environment.id, connection.id, request)).toMatchObject({
      ok: false,
      error: { isRefusal: false },
    });
    expect(provider.tokenRequests()).toBe(requests);
  });
});
