import { expect, it } from "vitest";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { bearer } from "@/lib/testing/environment-api";
import { secrets, sendRawRequest, testProxy } from "@/lib/testing/proxy";
import { redirect, respondWith, startUpstream } from "@/lib/testing/upstream";
import { changeOverrideOrigins } from "@/lib/upstream/integrations/override-origins";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";

/* Where a key with the proxy scope alone can have the credentials of a connection sent. */

const { db, pool, environment, plainKey, keyWith, serve, headersFor } = await testProxy();

async function send(upstream: string, secret = plainKey.secret, provider = "github") {
  const headers = headersFor(upstream, { ...bearer(secret), "provider-config-key": provider });
  const response = await sendRawRequest(await serve(), { path: "/proxy/v1/items", headers });
  return { status: response.status, text: response.body.toString() };
}

async function allow(provider: string, ...origins: string[]) {
  const integration = await findSealedIntegration(db, environment.id, provider);
  if (integration === null) throw new Error("No such integration");
  const changed = await changeOverrideOrigins(db, environment, testActor, { id: integration.id, origins });
  expect(changed).toEqual({ ok: true, value: origins });
}

it.each(["github", "openai", "google-gemini", "twilio", "spotify-oauth2-cc", "unauthenticated"])(
  "sends nothing of %s to another host, and everything for a key that may read credentials",
  async (provider) => {
    const upstream = await startUpstream(respondWith(200));
    const denied = await send(upstream.origin, plainKey.secret, provider);
    expect(denied.status).toBe(403);
    expect(JSON.parse(denied.text)).toEqual({
      error: {
        code: "base_url_override_not_allowed",
        message: expect.stringContaining(`${upstream.origin}: an admin`),
      },
    });
    expect(upstream.received).toEqual([]);

    const reader = await keyWith("environment:proxy", "environment:connections:read_credentials");
    expect(await send(upstream.origin, reader.secret, provider)).toMatchObject({ status: 200 });
    expect(upstream.received).toHaveLength(1);
  },
);

it("needs the scope to read one connection's credentials: no other scope will do", async () => {
  const upstream = await startUpstream(respondWith(200));
  const others = [
    "environment:connections:list_credentials",
    "environment:integrations:read_credentials",
    "environment:integrations:list_credentials",
    "environment:connections:write",
    "environment:deploy",
  ] as const;
  const key = await keyWith("environment:proxy", ...others);
  expect((await send(upstream.origin, key.secret)).status).toBe(403);
  expect(upstream.received).toEqual([]);
  expect((await send(upstream.origin, (await keyWith("environment:*")).secret)).status).toBe(200);
});

it("sends to an allowed origin only: another port or scheme is another origin", async () => {
  const allowed = await startUpstream(respondWith(200));
  const other = await startUpstream(respondWith(200));
  await allow("github", allowed.origin);
  expect((await send(`${allowed.origin}/api/v3`)).status).toBe(200);
  expect(allowed.received).toMatchObject([
    { url: "/api/v3/v1/items", headers: { authorization: `Bearer ${secrets.oauth}` } },
  ]);
  for (const near of [other.origin, allowed.origin.replace("http:", "https:"), "http://127.0.0.1"]) {
    expect((await send(near)).status, near).toBe(403);
  }
  // The list is the integration's own.
  expect((await send(allowed.origin, plainKey.secret, "openai")).status).toBe(403);
  expect(other.received).toEqual([]);

  await allow("github");
  expect((await send(allowed.origin)).status).toBe(403);
  expect(allowed.received).toHaveLength(1);
  const [event] = await pool<{ detail: unknown; subject: string }[]>`
    select detail, subject_name as subject from audit_events
    where action = 'integration.change_override_origins' order by id desc limit 1`;
  expect(event).toEqual({ subject: "github", detail: { before: [allowed.origin], after: [] } });
});

it("is changed inside its own environment only", async () => {
  const integration = await findSealedIntegration(db, environment.id, "openai");
  const other = await makeTestEnvironment(db, false);
  const change = { id: integration?.id ?? 0, origins: ["https://files.example.com"] };
  expect(await changeOverrideOrigins(db, other, testActor, change)).toMatchObject({
    ok: false,
    error: { code: "not_found" },
  });
  expect(await findSealedIntegration(db, environment.id, "openai")).toMatchObject({ overrideOrigins: [] });
});

it.each([
  ["github", secrets.oauth],
  ["google-gemini", secrets.apiKey],
])("follows a redirect of an allowed origin without the credentials of %s", async (provider, secret) => {
  const target = await startUpstream(respondWith(200));
  const allowed = await startUpstream(redirect(307, `${target.origin}/elsewhere`));
  await allow(provider, allowed.origin);
  expect((await send(allowed.origin, plainKey.secret, provider)).status).toBe(200);
  expect(JSON.stringify(allowed.received)).toContain(secret);
  expect(target.received).toHaveLength(1);
  expect(JSON.stringify(target.received)).not.toContain(secret);
});

it("takes an override at the provider's own origin, which needs no permission", async () => {
  // The provider cannot be reached from a test: the request gets as far as the network.
  const { plainKey: key, ...api } = await testProxy({
    outbound: {
      isAddressAllowed: () => true,
      resolve: async (host) => Promise.reject(Object.assign(new Error(host), { code: "ENOTFOUND" })),
    },
  });
  const server = await api.serve();
  const sendTo = async (url: string) =>
    (
      await sendRawRequest(server, {
        path: "/proxy/user",
        headers: api.headersFor(url, bearer(key.secret)),
      })
    ).status;
  expect(await sendTo("https://api.github.com/v3")).toBe(500);
  expect(await sendTo("https://api.github.com.evil.example")).toBe(403);
  expect(await sendTo("http://api.github.com")).toBe(403);
});
