import { expect, test } from "@/e2e/fixtures/api-test";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { findApiKey } from "@/lib/access/api-keys/store";

test("moves on every authenticated call, also one that is denied, and says what it was", async ({
  call,
  apiKey,
  environment,
  db,
}) => {
  const key = await apiKey(["environment:connections:read"]);
  const lastUse = async () => (await findApiKey(db, environment.id, key.id))?.lastUse ?? null;
  expect(await lastUse()).toBeNull();

  const calls = [
    ["/connections", 403, "/connections"],
    ["/connections/a?provider_config_key=unknown", 400, "/connections/{connectionId}"],
    ["/providers/github", 200, "/providers/{provider}"],
    ["/providers/unknown", 404, "/providers/{provider}"],
    ["/connection/a", 400, "/connections/{connectionId}"],
  ] as const;
  let before = Date.now();
  for (const [path, status, route] of calls) {
    const headers = { "user-agent": "nango-node-client/0.70.1 (linux; test)" };
    expect((await call({ path, key: key.secret, headers })).status).toBe(status);
    await expect
      .poll(lastUse, { timeout: 3000 })
      .toEqual({ method: "GET", route, status, client: "nango-node-client 0.70.1", address: "127.0.0.1" });
    const at = Date.parse((await findApiKey(db, environment.id, key.id))?.lastUsedAt ?? "");
    expect(at).toBeGreaterThanOrEqual(before);
    before = at;
  }
});

test("does not move on a call that fails to authenticate", async ({ call, apiKey, environment, db }) => {
  const used = await apiKey(["environment:connections:list"]);
  const untouched = await apiKey(["environment:connections:list"]);
  const attempts = [`${untouched.secret}x`, untouched.secret.slice(0, -1), generateKey(false)];
  for (const key of attempts) expect((await call({ path: "/connections", key })).status).toBe(401);
  expect((await call({ path: "/connections", headers: { authorization: untouched.secret } })).status).toBe(
    401,
  );
  expect((await call({ path: "/no-such-endpoint", key: untouched.secret })).status).toBe(404);
  // Uses are written in batches: once this later one is there, the earlier calls left nothing.
  await call({ path: "/connections", key: used.secret });
  await expect
    .poll(async () => (await findApiKey(db, environment.id, used.id))?.lastUsedAt ?? null, { timeout: 3000 })
    .not.toBeNull();
  expect(await findApiKey(db, environment.id, untouched.id)).toMatchObject({
    lastUsedAt: null,
    lastUse: null,
  });
});
