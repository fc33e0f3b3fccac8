import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { expect, test } from "@/e2e/fixtures/api-test";
import type { Scope } from "@/lib/access/scopes/catalog";

/*
 * A body within its limit in bytes can still be costly: each wrong value in it is an issue of the validation. The
 * number of values is bounded before, and a response lists at most 20 issues.
 */

const megabyte = 1024 * 1024;

/** As many entries as fit into a body of `bytes`. */
const filled = (start: string, entry: string, end: string, bytes = megabyte) =>
  start +
  `${entry},`.repeat(Math.floor((bytes - start.length - end.length) / (entry.length + 1)) - 1) +
  entry +
  end;

const flags = '"reconcile":false,"debug":false';

/** Runs `attack` and returns the longest time that `/healthz` took meanwhile, in milliseconds. */
async function longestHealthCheck(baseURL: string, attack: () => Promise<unknown>): Promise<number> {
  let isDone = false;
  const attacked = attack().finally(() => {
    isDone = true;
  });
  let longest = 0;
  while (!isDone) {
    const started = performance.now();
    await (await fetch(`${baseURL}/healthz`)).text();
    longest = Math.max(longest, performance.now() - started);
    await wait(5);
  }
  await attacked;
  return longest;
}

type Attack = readonly [what: string, scope: Scope, method: string, path: string, body: string];

const attacks: Attack[] = [
  [
    "a list of empty texts",
    "environment:connect_sessions:write",
    "POST",
    "/connect/sessions",
    filled('{"tags":{"a":"b"},"allowed_integrations":[', '""', "]}"),
  ],
  [
    "a list of empty functions",
    "environment:deploy",
    "POST",
    "/sync/deploy/confirmation",
    filled(`{${flags},"flowConfigs":[`, "{}", "]}"),
  ],
  [
    "a list of empty functions, within the number of values",
    "environment:deploy",
    "POST",
    "/sync/deploy/confirmation",
    filled(`{${flags},"flowConfigs":[`, "{}", "]}", 590_000),
  ],
  [
    "functions with many wrong models",
    "environment:deploy",
    "POST",
    "/sync/deploy/confirmation",
    filled(`{${flags},"flowConfigs":[`, `{"models":[${"0,".repeat(90)}0],"endpoints":[{}]}`, "]}", 390_000),
  ],
  [
    "a list of wrong sync names",
    "environment:syncs:execute",
    "POST",
    "/sync/trigger",
    filled('{"syncs":[', "{}", "]}"),
  ],
  [
    "unknown fields",
    "environment:integrations:write",
    "POST",
    "/integrations",
    `{${Array.from({ length: 80_000 }, (_, index) => `"f${index}":1`).join(",")}}`,
  ],
  [
    "one unknown field of nearly 1 MB",
    "environment:integrations:write",
    "POST",
    "/integrations",
    `{"${"x".repeat(megabyte - 100)}":1}`,
  ],
];

const errorSchema = z.object({ error: z.object({ errors: z.array(z.unknown()) }) });

for (const [what, scope, method, path, body] of attacks) {
  test(`${what}: the answer is short, and others wait for nothing`, async ({ server, call, secretWith }) => {
    const key = await secretWith(scope);
    const answers: Awaited<ReturnType<typeof call>>[] = [];
    const longest = await longestHealthCheck(server.baseURL, async () => {
      for (let count = 0; count < 3; count += 1) answers.push(await call({ method, path, key, body }));
    });
    for (const { status, body: answer, text } of answers) {
      expect([status, answer]).toMatchObject([400, { error: { code: "invalid_body" } }]);
      expect(errorSchema.parse(answer).error.errors.length).toBeLessThanOrEqual(20);
      expect(text.length).toBeLessThan(16 * 1024);
    }
    // Without the bounds these take 2 to 18 s. The limit leaves room for a busy machine.
    expect(longest).toBeLessThan(5000);
  });
}

test("10,000 values are accepted, and one more is not", async ({ call, secretWith }) => {
  const key = await secretWith("environment:connections:write");
  // The body, its three fields and the list are five values.
  const body = (count: number) => ({
    provider_config_key: "none",
    connection_id: "none",
    metadata: { list: Array(count).fill(0) },
  });
  const request = { method: "POST", path: "/connections/metadata", key };
  const most = await call({ ...request, body: body(9995) });
  expect([most.status, most.body]).toMatchObject([404, { error: { code: "unknown_connection" } }]);
  const more = await call({ ...request, body: body(9996) });
  expect([more.status, more.body]).toMatchObject([
    400,
    { error: { code: "invalid_body", errors: [{ code: "too_big", path: [] }] } },
  ]);
});
