import { expect, it } from "vitest";
import { consentPrompt, testConnect } from "@/lib/testing/connect";
import { findSealedCredentials } from "@/lib/upstream/connections/credentials-store";
import { unsealCredentials } from "@/lib/upstream/connections/secret";
import { listConnections } from "@/lib/upstream/connections/store";
import { createReconnectSession } from "./lifecycle";

const { db, pool, masterKey, environment, provider, createSession, readSession, begin, walk, finish } =
  await testConnect();

const connectionsOf = (endUserId: string) =>
  listConnections(db, environment.id, { endUserId }, { limit: 10, page: 0 });

async function credentialsOf(id: number) {
  const sealed = (await findSealedCredentials(db, environment.id, [id])).get(id);
  if (sealed === undefined) throw new Error("No such connection");
  return unsealCredentials(masterKey, id, sealed);
}

it("authorizes with code, PKCE and state, and creates the end user's connection", async () => {
  const session = await createSession({
    ...consentPrompt,
    end_user: { id: "ada", email: "ada@example.com", display_name: "Ada" },
    organization: { id: "acme" },
    tags: { plan: "gold" },
  });
  const { url, state } = await begin(session);
  expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
    response_type: "code",
    client_id: provider.clientId,
    scope: "openid offline_access",
    prompt: "consent",
    code_challenge_method: "S256",
    state,
  });
  expect(url).not.toContain(encodeURIComponent(provider.clientSecret));
  expect(await finish(session, await walk(url))).toEqual({ ok: true, value: null });

  const [connection, ...more] = await connectionsOf("ada");
  expect(more).toEqual([]);
  expect(connection).toMatchObject({
    providerConfigKey: "openid",
    endUser: { id: "ada", email: "ada@example.com", organization: { id: "acme" } },
    tags: { end_user_id: "ada", end_user_email: "ada@example.com", organization_id: "acme", plan: "gold" },
  });
  expect(await credentialsOf(connection?.id ?? 0)).toMatchObject({
    type: "OAUTH2",
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    expires_at: expect.any(String),
    raw: { token_type: "Bearer", id_token: expect.any(String) },
  });
});

it("does not store the state in plain text", async () => {
  const session = await createSession({ end_user: { id: "plain" } });
  const { state } = await begin(session);
  const [row] = await pool<{ text: string }[]>`
    select t::text as text from oauth_states t where connect_session_id = ${session.id}`;
  expect(row?.text).toBeDefined();
  expect(row?.text).not.toContain(state);
});

it("accepts each response once, and only from the session that started the authorization", async () => {
  const session = await createSession({ end_user: { id: "once" } });
  const other = await createSession({ end_user: { id: "other" } });
  const { url } = await begin(session);
  const callback = await walk(url);
  expect(await finish(other, callback)).toMatchObject({ ok: false, error: { code: "lost" } });
  expect(await finish(session, callback)).toMatchObject({ ok: true });
  expect(await finish(session, callback)).toMatchObject({ ok: false, error: { code: "lost" } });
  expect(await connectionsOf("once")).toHaveLength(1);
  expect(await connectionsOf("other")).toEqual([]);
});

it("creates no connection for another code, a wrong issuer, an expired state, a denial or an error", async () => {
  const session = await createSession({ end_user: { id: "failed" } });
  const first = await begin(session);
  const second = await begin(session);
  const swapped = await walk(first.url);
  swapped.searchParams.set("state", second.state);
  expect(await finish(session, swapped)).toMatchObject({
    ok: false,
    error: { code: "provider_failed", reason: "The provider answered 400 (invalid_grant)" },
  });

  const wrongIssuer = await walk(first.url);
  wrongIssuer.searchParams.set("iss", "https://evil.example");
  expect(await finish(session, wrongIssuer)).toMatchObject({ ok: false, error: { code: "provider_failed" } });

  const expired = await begin(session);
  const callback = await walk(expired.url);
  await pool`update oauth_states set expires_at = now() where connect_session_id = ${session.id}`;
  expect(await finish(session, callback)).toMatchObject({ ok: false, error: { code: "lost" } });

  const denial = await walk((await begin(session)).url, "deny");
  expect(await finish(session, denial)).toMatchObject({ ok: false, error: { code: "denied" } });

  const providerError = await walk((await begin(session)).url, "deny");
  providerError.searchParams.set("error", "server_error");
  expect(await finish(session, providerError)).toMatchObject({
    ok: false,
    error: { code: "provider_failed", reason: 'The provider returned the error "server_error"' },
  });
  expect(await connectionsOf("failed")).toEqual([]);
});

it("replaces only the credentials of the connection in a reconnect session", async () => {
  const session = await createSession({ end_user: { id: "grace" }, tags: { plan: "gold" } });
  await finish(session, await walk((await begin(session)).url));
  const [connection] = await connectionsOf("grace");
  if (connection === undefined) throw new Error("Not connected");
  const before = await credentialsOf(connection.id);
  await pool`update connections set refresh_failure = '{"failures": 3}' where id = ${connection.id}`;

  const target = { uniqueKey: "openid", connectionId: connection.connectionId };
  const created = await createReconnectSession(db, environment.id, target, consentPrompt);
  if (!created.ok) throw new Error("The session was not created");
  const reconnectSession = await readSession(created.value.token);
  expect(await finish(reconnectSession, await walk((await begin(reconnectSession)).url))).toMatchObject({
    ok: true,
  });

  const [renewed, ...more] = await connectionsOf("grace");
  expect(more).toEqual([]);
  const { updatedAt: _, ...same } = connection;
  expect(renewed).toMatchObject({ ...same, refreshFailure: null });
  expect(before).not.toHaveProperty("refresh_token");
  expect(await credentialsOf(connection.id)).toHaveProperty("refresh_token");
  expect(await readSession(created.value.token)).toMatchObject({ lastConnectionRowId: connection.id });
});
