import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { consentPrompt, testConnect } from "@/lib/testing/connect";
import { getFreshCredentials } from "@/lib/upstream/connections/refresh";
import { connectionListQuerySchema } from "@/lib/upstream/connections/view";
import { listConnectionViews } from "@/lib/upstream/connections/view-store";
import { changeIntegration } from "@/lib/upstream/integrations/lifecycle";
import { needsReconnectMessage } from "@/lib/upstream/integrations/model";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";
import { createReconnectSession } from "./lifecycle";

/* What a changed address of an integration does to its connections, with a real OpenID provider. */

const test = await testConnect();
const { db, masterKey, environment, provider, dependencies, connectAs, createSession, readSession } = test;

const client = {
  type: "OAUTH2",
  client_id: provider.clientId,
  client_secret: provider.clientSecret,
  scopes: "openid,offline_access",
} as const;
const elsewhere = { token_url: "http://127.0.0.1:1/token" };

/** Changes the integration as a key does that may not read credentials. */
async function change(body: Parameters<typeof changeIntegration>[4], canChooseDestination = false) {
  const caller = { canChooseDestination, requestId: "the change" };
  const changed = await changeIntegration(db, masterKey, environment.id, "openid", body, caller);
  expect(changed).toMatchObject({ ok: true });
}

const credentialsOf = (id: number, force = false) =>
  getFreshCredentials(dependencies, environment.id, id, { force, requestedAt: new Date() });

const failing = async () =>
  (await listConnectionViews(db, environment.id, connectionListQuerySchema.parse({ state: "failing" }), 50))
    .connections;

const hasClient = async () =>
  (await findSealedIntegration(db, environment.id, "openid"))?.credentialsSealed !== null;

beforeEach(() => change({ custom: provider.custom, credentials: client }));

it("removes the client and lists the connections as failing, until each is reconnected", async () => {
  const { id, connectionId } = await connectAs("ada");
  expect(await credentialsOf(id)).toMatchObject({ ok: true });
  expect((await failing()).map((connection) => connection.id)).not.toContain(id);

  await change({ custom: elsewhere });
  expect(await hasClient()).toBe(false);
  const needsReconnect = { ok: false, error: { message: needsReconnectMessage, isRefusal: true } };
  expect(await credentialsOf(id)).toMatchObject(needsReconnect);
  expect(await credentialsOf(id, true)).toMatchObject(needsReconnect);
  expect((await failing()).find((connection) => connection.id === id)).toMatchObject({
    failure: { message: needsReconnectMessage, failures: 1 },
  });

  // The old address again is a new one: who changed it is not known to the connection.
  await change({ custom: provider.custom, credentials: client });
  expect(await credentialsOf(id)).toMatchObject(needsReconnect);

  const renewal = await createReconnectSession(
    db,
    environment.id,
    { uniqueKey: "openid", connectionId },
    consentPrompt,
  );
  if (!renewal.ok) throw new Error("There is no such connection");
  const session = await readSession(renewal.value.token);
  expect(await test.finish(session, await test.walk((await test.begin(session)).url))).toMatchObject({
    ok: true,
  });
  expect(await credentialsOf(id, true)).toMatchObject({ ok: true });
  expect((await failing()).map((connection) => connection.id)).not.toContain(id);
});

it("keeps both when nothing changes, when no connection is concerned, and for a caller who may", async () => {
  const { id } = await connectAs("bob");
  await change({ custom: provider.custom, display_name: "Renamed" });
  await change({ custom: { color: "red" } });
  expect([await hasClient(), await credentialsOf(id, true)]).toMatchObject([true, { ok: true }]);

  // No credentials of a connection are sent to the authorization page.
  await change({ custom: { authorization_url: "http://127.0.0.1:1/" } });
  expect(await hasClient()).toBe(false);
  await change({ custom: provider.custom, credentials: client });
  expect(await credentialsOf(id, true)).toMatchObject({ ok: true });

  await change({ custom: elsewhere }, true);
  await change({ custom: provider.custom }, true);
  expect([await hasClient(), await credentialsOf(id, true)]).toMatchObject([true, { ok: true }]);
});

it("ends an authorization that began before", async () => {
  const session = await createSession({ ...consentPrompt, end_user: { id: "cid" } });
  const redirect = await test.walk((await test.begin(session)).url);
  await change({ custom: { base_url: "http://127.0.0.1:1" }, credentials: client });
  const requests = provider.tokenRequests();
  expect(await test.finish(session, redirect)).toMatchObject({ ok: false, error: { code: "lost" } });
  expect(provider.tokenRequests()).toBe(requests);

  const again = await test.walk((await test.begin(session)).url);
  expect(await test.finish(session, again)).toEqual({ ok: true, value: null });
});

it("discards the tokens of a refresh that was running", async () => {
  const { id } = await connectAs("dan");
  const before = await credentialsOf(id);
  const requests = provider.tokenRequests();
  provider.delay(500);
  const running = credentialsOf(id, true);
  while (provider.tokenRequests() === requests) await wait(5);
  await change({ custom: { base_url: "http://127.0.0.1:1" }, credentials: client });
  // The request began before the change and gets what was stored for the addresses of that time.
  expect(await running).toEqual(before);
  provider.delay(0);
  expect(await credentialsOf(id)).toMatchObject({ ok: false, error: { message: needsReconnectMessage } });
  expect((await failing()).map((connection) => connection.id)).toContain(id);
});
