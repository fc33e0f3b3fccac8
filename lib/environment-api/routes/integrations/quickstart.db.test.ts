import { expect, it } from "vitest";
import { testActor } from "@/e2e/fixtures/actor";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { revealIntegration } from "@/lib/upstream/integrations/reveal";
import { openOAuthClient } from "@/lib/upstream/integrations/secret";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";

const app = { client_id: "SHARED-id", client_secret: "SHARED-secret", scopes: "chat:write" };
const { db, masterKey, environment, call, keyWith } = await testApi({
  sharedApps: { slack: app, "oauth2-generic": app },
});
const full = bearer((await keyWith("environment:*")).secret);

const post = (path: string, body: object) =>
  call(path, {
    method: "POST",
    headers: { ...full, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

it("creates an integration with the shared app, whose secret is used but never returned", async () => {
  const made = await post("/integrations/quickstart", { provider: "slack", unique_key: "chat" });
  expect([made.status, made.body]).toMatchObject([200, { data: { unique_key: "chat", provider: "slack" } }]);

  const stored = await findSealedIntegration(db, environment.id, "chat");
  expect(stored && openOAuthClient(masterKey, stored)).toMatchObject(app);
  const credentials = { type: "OAUTH2", client_id: "", client_secret: "", scopes: "", webhook_secret: null };
  const read = await call("/integrations/chat?include=credentials", { headers: full });
  const list = await call("/integrations", { headers: full });
  const config = await call("/config/chat?include_creds=true", { headers: full });
  expect(read.body).toMatchObject({ data: { credentials } });
  expect(list.body).toMatchObject({ data: [{ credentials }] });
  expect(config.body).toMatchObject({ config: { client_id: "", client_secret: "" } });
  const revealed = await revealIntegration(db, masterKey, environment, testActor, stored?.id ?? 0);
  expect(revealed).toEqual({ ok: true, value: [] });
  expect(JSON.stringify([read, list, config])).not.toContain("SHARED");
});

it("can be changed to an app of the caller's own", async () => {
  const own = { type: "OAUTH2", client_id: "own", client_secret: "own secret" };
  const changed = await call("/integrations/chat", {
    method: "PATCH",
    headers: { ...full, "content-type": "application/json" },
    body: JSON.stringify({ credentials: own }),
  });
  expect(changed.status).toBe(200);
  const read = await call("/integrations/chat?include=credentials", { headers: full });
  expect(read.body).toMatchObject({ data: { credentials: { ...own, scopes: null } } });
});

it.each([
  ["a provider without a shared app", { provider: "github", unique_key: "x" }, "provider", /no shared app/],
  [
    "a provider with addresses of the caller's own",
    { provider: "oauth2-generic", unique_key: "x" },
    "provider",
    /no shared app/,
  ],
  ["one that needs no app", { provider: "twilio", unique_key: "x" }, "provider", /no shared app/],
  ["an unknown provider", { provider: "constructor", unique_key: "x" }, "provider", /Unknown provider/],
  ["a used key", { provider: "slack", unique_key: "chat" }, "uniqueKey", /has this key/],
  ["credentials", { provider: "slack", unique_key: "x", credentials: {} }, undefined, /credentials/],
])("rejects %s", async (_, body, field, message) => {
  const rejected = await post("/integrations/quickstart", body);
  expect([rejected.status, rejected.body]).toMatchObject([
    400,
    {
      error: {
        code: "invalid_body",
        message: expect.stringMatching(message),
        errors: [{ path: field === undefined ? [] : [field] }],
      },
    },
  ]);
});
