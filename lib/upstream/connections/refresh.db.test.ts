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
import { openCredentials, sealCredentials } from "./secret";
import { updateConnection } from "./store";

const { db, masterKey, outbound, parts, pool, url, environment, provider, connectAs } = await testConnect();
const log = pino({ level: "silent" });
const api = createEnvironmentApi({ db, masterKey, outbound, log, failedAuthPerMinute: 0 });
const keys = {
  plain: await makeTestKey(db, masterKey, environment, ["environment:connections:read"]),
  credentials: await makeTestKey(db, masterKey, environment, ["environment:connections:read_credentials"]),
};

let made = 0;
let connection: Awaited<ReturnType<typeof connectAs>>;

beforeEach(async () => {
  made += 1;
  connection = await connectAs(`user-${made}`);
});

async function read(query = "", key: keyof typeof keys = "credentials") {
  const path = `/connections/${connection.connectionId}?provider_config_key=openid${query}`;
  const response = await api.request(path, { headers: { authorization: `Bearer ${keys[key].secret}` } });
  const body: Record<string, unknown> = await response.json();
  return { status: response.status, body };
}

async function stored(): Promise<Extract<Credentials, { type: "OAUTH2" }>> {
  const sealed = (await findSealedCredentials(db, environment.id, [connection.id])).get(connection.id);
  if (sealed === undefined) throw new Error("No such connection");
  const credentials = openCredentials(masterKey, connection.id, sealed);
  if (credentials.type !== "OAUTH2") throw new Error("Another kind of credentials");
  return credentials;
}

/** Writes what is stored anew, with these changes. */
async function alter(change: Partial<Awaited<ReturnType<typeof stored>>>): Promise<void> {
  const credentialsSealed = sealCredentials(masterKey, connection.id, { ...(await stored()), ...change });
  await updateConnection(db, environment.id, connection.id, { credentialsSealed });
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe("an access token", () => {
  it("stays as it is while it works", async () => {
    const before = await stored();
    const requests = provider.tokenRequests();
    const { status, body } = await read();
    expect([status, body.credentials]).toMatchObject([200, { access_token: before.access_token }]);
    expect(provider.tokenRequests()).toBe(requests);
  });

  it.each([-10, 0, 55])(
    "is refreshed when it ends in %d s, and its refresh token rotates",
    async (seconds) => {
      await alter({ expires_at: inSeconds(seconds) });
      const before = await stored();
      const { status, body } = await read();
      const after = await stored();
      expect(status).toBe(200);
      expect(body.credentials).toMatchObject({
        access_token: after.access_token,
        expires_at: after.expires_at,
      });
      expect(after.access_token).not.toBe(before.access_token);
      expect(after.refresh_token).not.toBe(before.refresh_token);
      expect(JSON.stringify(body)).not.toContain(after.refresh_token);
      // The one that was stored is the one that works.
      expect(await read("&force_refresh=true")).toMatchObject({ status: 200 });
    },
  );

  it("is refreshed for a key that may not see it, too", async () => {
    const before = await stored();
    const { status, body } = await read("&force_refresh=true", "plain");
    const after = await stored();
    expect([status, body.credentials]).toEqual([200, {}]);
    expect(after.access_token).not.toBe(before.access_token);
    expect(JSON.stringify(body)).not.toContain(after.access_token);
  });

  it("comes with its refresh token for those who ask and may", async () => {
    const { refresh_token } = await stored();
    expect(refresh_token).toBeDefined();
    expect((await read("&refresh_token=true")).body.credentials).toMatchObject({
      refresh_token,
      raw: { refresh_token },
    });
    expect((await read("&refresh_token=true", "plain")).body.credentials).toEqual({});
    expect(JSON.stringify((await read()).body)).not.toContain(refresh_token);
  });

  it("is left alone when there is nothing to refresh it with", async () => {
    await alter({ expires_at: inSeconds(-10), refresh_token: undefined });
    const requests = provider.tokenRequests();
    expect(await read("&force_refresh=true")).toMatchObject({ status: 200 });
    expect(provider.tokenRequests()).toBe(requests);
  });
});

describe("many at once", () => {
  it.each(["&force_refresh=true", ""])("make one refresh (%j)", async (query) => {
    await alter({ expires_at: inSeconds(-10) });
    const granted = provider.granted("refresh_token");
    const answers = await Promise.all(Array.from({ length: 10 }, () => read(query)));
    expect(provider.granted("refresh_token")).toBe(granted + 1);
    const { access_token } = await stored();
    for (const { status, body } of answers) {
      expect([status, body.credentials]).toMatchObject([200, { access_token }]);
    }
  });

  it("in several processes make one refresh", async () => {
    const pools = [openPool(url, 3), openPool(url, 3), openPool(url, 3)];
    provider.delay(250);
    const granted = provider.granted("refresh_token");
    const ask = { force: true, requestedAt: new Date() };
    const outcomes = await Promise.all(
      pools.flatMap((one) => {
        const process = { ...parts, db: databaseFromPool(one) };
        return Array.from({ length: 4 }, () =>
          getFreshCredentials(process, environment.id, connection.id, ask),
        );
      }),
    );
    provider.delay(0);
    expect(provider.granted("refresh_token")).toBe(granted + 1);
    const { access_token } = await stored();
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: true, value: { access_token } });
    await Promise.all(pools.map((one) => one.end()));
  });

  it("leave the database to others while the provider thinks", async () => {
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

  it("give way to credentials that were stored meanwhile", async () => {
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
    expect(await stored()).toMatchObject({ access_token: "imported" });
  });
});

describe("a refresh that fails", () => {
  afterEach(() => changeIntegration(db, masterKey, environment.id, "openid", { custom: provider.custom }));

  it("is a 400 with the connection and never its credentials, and is not tried again for a while", async () => {
    await alter({ expires_at: inSeconds(-10), refresh_token: "revoked" });
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

  it("shows on the connection until one succeeds", async () => {
    const before = await stored();
    await alter({ expires_at: inSeconds(-10), refresh_token: "revoked" });
    const failed = await read();
    expect(failed).toMatchObject({
      body: {
        error: { payload: { connection: { errors: [{ type: "auth", log_id: expect.any(String) }] } } },
      },
    });
    await alter({ refresh_token: before.refresh_token });
    expect(await read()).toMatchObject({ status: 200, body: { errors: [] } });
  });

  it("is a 424 when the provider cannot be asked, and no error while the token still works", async () => {
    const nowhere = { ...provider.custom, token_url: "http://127.0.0.1:1/token" };
    await changeIntegration(db, masterKey, environment.id, "openid", { custom: nowhere });
    await alter({ expires_at: inSeconds(30) });
    const { access_token } = await stored();
    expect(await read()).toMatchObject({ status: 200, body: { credentials: { access_token } } });
    expect(await read("&force_refresh=true")).toMatchObject({
      status: 424,
      body: { error: { code: "invalid_credentials", message: expect.stringContaining("ECONNREFUSED") } },
    });
  });

  it("does not reach private addresses unless that is allowed", async () => {
    const closed = { ...parts, outbound: createOutboundPolicy(false) };
    const requests = provider.tokenRequests();
    const ask = { force: true, requestedAt: new Date() };
    expect(await getFreshCredentials(closed, environment.id, connection.id, ask)).toMatchObject({
      ok: false,
      error: { isRefusal: false },
    });
    expect(provider.tokenRequests()).toBe(requests);
  });
});
