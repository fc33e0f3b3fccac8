import { expect, it } from "vitest";
import { consentPrompt, testConnect } from "@/lib/testing/connect";
import { findSealedCredentials } from "@/lib/upstream/connections/credentials-store";
import { openCredentials } from "@/lib/upstream/connections/secret";
import { listConnections } from "@/lib/upstream/connections/store";
import { createReconnectSession } from "./lifecycle";

const { db, pool, masterKey, environment, provider, sessionFor, sessionOf, begin, walk, finish } =
  await testConnect();

const connectionsOf = (endUserId: string) =>
  listConnections(db, environment.id, { endUserId }, { limit: 10, page: 0 });

async function credentialsOf(id: number) {
  const sealed = (await findSealedCredentials(db, environment.id, [id])).get(id);
  if (sealed === undefined) throw new Error("No such connection");
  return openCredentials(masterKey, id, sealed);
}

it("connects with code, PKCE and state, and makes the end user's connection", async () => {
  const session = await sessionFor({
    ...consentPrompt,
    end_user: { id: "ada", email: "ada@example.com", display_name: "Ada" },
    organization: { id: "acme" },
    tags: { plan: "gold" },
  });
  const { url, state } = await begin(session);
  const asked = new URL(url).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
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

it("keeps neither state nor code verifier in clear", async () => {
  const session = await sessionFor({ end_user: { id: "clear" } });
  const { state } = await begin(session);
  const [row] = await pool<{ text: string }[]>`
    select t::text as text from oauth_states t where connect_session_id = ${session.id}`;
  expect(row?.text).toBeDefined();
  expect(row?.text).not.toContain(state);
});

it("answers each request once, and only to the session that made it", async () => {
  const session = await sessionFor({ end_user: { id: "once" } });
  const other = await sessionFor({ end_user: { id: "other" } });
  const { url } = await begin(session);
  const answer = await walk(url);
  expect(await finish(other, answer)).toMatchObject({ ok: false, error: { code: "lost" } });
  expect(await finish(session, answer)).toMatchObject({ ok: true });
  expect(await finish(session, answer)).toMatchObject({ ok: false, error: { code: "lost" } });
  expect(await connectionsOf("once")).toHaveLength(1);
  expect(await connectionsOf("other")).toEqual([]);
});

it("makes nothing of a code that answers another request, a wrong issuer, an old state, or a no", async () => {
  const session = await sessionFor({ end_user: { id: "nobody" } });
  const first = await begin(session);
  const second = await begin(session);
  const swapped = await walk(first.url);
  swapped.searchParams.set("state", second.state);
  expect(await finish(session, swapped)).toMatchObject({
    ok: false,
    error: { code: "provider_failed", reason: "The provider answered 400 (invalid_grant)" },
  });

  const mixedUp = await walk(first.url);
  mixedUp.searchParams.set("iss", "https://evil.example");
  expect(await finish(session, mixedUp)).toMatchObject({ ok: false, error: { code: "provider_failed" } });

  const late = await begin(session);
  const answer = await walk(late.url);
  await pool`update oauth_states set expires_at = now() where connect_session_id = ${session.id}`;
  expect(await finish(session, answer)).toMatchObject({ ok: false, error: { code: "lost" } });

  const no = await walk((await begin(session)).url, "deny");
  expect(await finish(session, no)).toMatchObject({ ok: false, error: { code: "denied" } });
  expect(await connectionsOf("nobody")).toEqual([]);
});

it("renews the credentials of the connection that a reconnect session is for, and no more of it", async () => {
  const session = await sessionFor({ end_user: { id: "grace" }, tags: { plan: "gold" } });
  await finish(session, await walk((await begin(session)).url));
  const [connection] = await connectionsOf("grace");
  if (connection === undefined) throw new Error("Not connected");
  const before = await credentialsOf(connection.id);
  await pool`update connections set refresh_failure = '{"failures": 3}' where id = ${connection.id}`;

  const target = { uniqueKey: "openid", connectionId: connection.connectionId };
  const created = await createReconnectSession(db, environment.id, target, consentPrompt);
  if (!created.ok) throw new Error("The session was refused");
  const renewing = await sessionOf(created.value.token);
  expect(await finish(renewing, await walk((await begin(renewing)).url))).toMatchObject({ ok: true });

  const [renewed, ...more] = await connectionsOf("grace");
  expect(more).toEqual([]);
  const { updatedAt: _, ...same } = connection;
  expect(renewed).toMatchObject({ ...same, refreshFailure: null });
  expect(before).not.toHaveProperty("refresh_token");
  expect(await credentialsOf(connection.id)).toHaveProperty("refresh_token");
  expect(await sessionOf(created.value.token)).toMatchObject({ connected: connection.id });
});
