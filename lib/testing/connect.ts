import { randomBytes } from "node:crypto";
import { afterAll } from "vitest";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { startOpenIdProvider } from "@/e2e/fixtures/openid-provider";
import { walkAuthorization } from "@/e2e/fixtures/walk-authorization";
import { authenticateSession } from "@/lib/connect/sessions/authenticate";
import { beginAuthorization, finishAuthorization } from "@/lib/connect/sessions/authorization";
import { findConnectTarget } from "@/lib/connect/sessions/connect-target";
import { createConnectSession } from "@/lib/connect/sessions/lifecycle";
import type { SessionInput } from "@/lib/connect/sessions/session-input";
import { createOutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { listConnections } from "@/lib/upstream/connections/store";
import { createIntegration } from "@/lib/upstream/integrations/lifecycle";
import { testDatabase } from "./database";

const redirectUri = "http://127.0.0.1:4599/oauth/callback";

/** Sets up a database, an environment, a real OpenID provider and an integration `openid` with it. */
export async function testConnect() {
  const { db, pool, url } = await testDatabase();
  const masterKey = randomBytes(32);
  const outbound = createOutboundPolicy(true);
  const dependencies = { db, masterKey, outbound, requestId: "test" };
  const environment = await makeTestEnvironment(db, false);
  const provider = await startOpenIdProvider([redirectUri]);
  afterAll(() => provider.close());
  const credentials = {
    type: "OAUTH2",
    client_id: provider.clientId,
    client_secret: provider.clientSecret,
    scopes: "openid,offline_access",
  } as const;
  await createIntegration(db, masterKey, environment.id, {
    provider: "oauth2-generic",
    unique_key: "openid",
    credentials,
    custom: provider.custom,
  });

  async function createSession(input: SessionInput) {
    const created = await createConnectSession(db, environment.id, input);
    if (!created.ok) throw new Error("The session could not be created");
    return readSession(created.value.token);
  }
  async function readSession(token: string) {
    const session = await authenticateSession(db, token);
    if (!session.ok) throw new Error(session.error.message);
    return session.value;
  }
  async function begin(session: Awaited<ReturnType<typeof createSession>>) {
    const target = await findConnectTarget(db, session, "openid");
    if (!target.ok) throw new Error(target.error.message);
    const begun = await beginAuthorization(dependencies, target.value, {}, redirectUri);
    if (!begun.ok) throw new Error(begun.error.message);
    return begun.value;
  }
  const finish = (session: Awaited<ReturnType<typeof createSession>>, redirect: URL) =>
    finishAuthorization(dependencies, session, redirect.searchParams, redirectUri);
  const walk = (url: string, decision: "allow" | "deny" = "allow") =>
    walkAuthorization(url, redirectUri, decision);
  /** Authorizes as the end user and returns the new connection's ids. */
  async function connectAs(endUserId: string) {
    const session = await createSession({ ...consentPrompt, end_user: { id: endUserId } });
    const finished = await finish(session, await walk((await begin(session)).url));
    if (!finished.ok) throw new Error(finished.error.message);
    const filter = { endUserId };
    const [connection] = await listConnections(db, environment.id, filter, { limit: 1, page: 0 });
    if (connection === undefined) throw new Error("No connection was created");
    return { id: connection.id, connectionId: connection.connectionId };
  }
  return {
    ...dependencies,
    dependencies,
    pool,
    url,
    connectAs,
    environment,
    provider,
    createSession,
    readSession,
    begin,
    walk,
    finish,
  };
}

/** Input of a connect session. The provider issues refresh tokens only for `prompt=consent`. */
export const consentPrompt = {
  integrations_config_defaults: { openid: { authorization_params: { prompt: "consent" } } },
};
