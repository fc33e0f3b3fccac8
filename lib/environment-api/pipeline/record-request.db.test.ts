import { expect, it } from "vitest";
import { flushUsage } from "@/lib/access/key-usage/usage-recorder";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { readKeyClients, readUsageHours } from "@/lib/testing/read-usage";

const { db, call, keyWith, environment, pool } = await testApi({ clientAddressOf: () => "10.0.0.1" });

it("counts each authenticated call by required scope and outcome", async () => {
  const { id, secret } = await keyWith("environment:connections:list");
  const headers = { ...bearer(secret), "user-agent": "curl/8.1" };
  const calls = [
    ["/connections", 200],
    ["/connections", 200],
    ["/connections?no_such_filter=1", 400],
    ["/integrations", 403],
    ["/providers/github", 200],
    ["/providers/unknown", 404],
    // Neither is an authenticated call of this key: the path has no route, and the call below has no key.
    ["/no-such-endpoint", 404],
  ] as const;
  for (const [path, status] of calls) expect((await call(path, { headers })).status).toBe(status);
  expect((await call("/connections")).status).toBe(401);
  await flushUsage();

  const hours = await readUsageHours(db, environment.id, id, new Date(0));
  expect(Object.fromEntries(hours.map((row) => [`${row.scope} ${row.outcome}`, row.calls]))).toEqual({
    "environment:connections:list succeeded": 2,
    "environment:connections:list rejected": 1,
    "environment:integrations:list missing_scope": 1,
    "any valid key succeeded": 1,
    "any valid key rejected": 1,
  });
  expect(await readKeyClients(db, environment.id, id)).toMatchObject([
    { client: "curl 8.1", address: "10.0.0.1", calls: 6 },
  ]);
});

it("does not count a call with an expired key", async () => {
  const { id, secret } = await keyWith("environment:*");
  await pool`update api_keys set expires_at = now() - interval '1 second' where id = ${id}`;
  expect((await call("/connections", { headers: bearer(secret) })).status).toBe(401);
  await flushUsage();
  expect(await readUsageHours(db, environment.id, id, new Date(0))).toEqual([]);
});
