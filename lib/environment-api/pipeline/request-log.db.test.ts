import { expect, it } from "vitest";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { bearer, testApi } from "@/lib/testing/environment-api";

const { call, keyWith, lines } = await testApi();

const parsed = () => lines.splice(0).map((line) => JSON.parse(line));

it("writes one line per request, with the request id of the response", async () => {
  const key = await keyWith("environment:connections:list");
  lines.length = 0;
  for (const headers of [bearer(key.secret), bearer(generateKey(false)), {}]) {
    const response = await call("/connections", { headers });
    expect(parsed()).toMatchObject([
      { requestId: response.headers.get("x-request-id"), status: response.status, route: "/connections" },
    ]);
  }
});

it("logs an unexpected error with the id of its request", async () => {
  const broken = await testApi({
    lookup: () => {
      throw new TypeError("broken look-up");
    },
  });
  const response = await broken.call("/connections", { headers: bearer(generateKey(false)) });
  const requestId = response.headers.get("x-request-id");
  expect(response).toMatchObject({ status: 500, body: { error: { code: "generic_error_support" } } });
  expect(broken.lines.map((line) => JSON.parse(line))).toMatchObject([
    { requestId, msg: "unexpected error", err: { message: "broken look-up" } },
    { requestId, msg: "request", status: 500 },
  ]);
});

it("never logs a key, wherever the request has it", async () => {
  const { secret } = await keyWith("environment:*");
  lines.length = 0;
  const json = { "content-type": "application/json" };
  const calls: [path: string, init: RequestInit][] = [
    [`/connections?key=${secret}`, {}],
    [`/connections?${secret}=1&tags[${secret}]=x`, {}],
    [`/connections/${secret}`, {}],
    [`/${secret}`, {}],
    [`/proxy/${secret}?${secret}`, {}],
    ["/connections", { headers: { authorization: `Bearer ${secret} ${secret}` } }],
    ["/connections", { headers: { authorization: secret } }],
    ...["x-api-key", "user-agent", "cookie", "referer", "origin", "x-request-id", "x-forwarded-for"].map(
      (name): [string, RequestInit] => ["/connections", { headers: { [name]: secret } }],
    ),
    ["/connections", { method: "OPTIONS", headers: { "access-control-request-headers": secret } }],
    ["/connect/sessions", { method: "POST", headers: { "content-type": secret }, body: "{}" }],
    ["/connect/sessions", { method: "POST", headers: json, body: secret }],
    ["/connect/sessions", { method: "POST", headers: json, body: JSON.stringify({ [secret]: secret }) }],
    ["/connections", { method: "X-" }],
  ];
  for (const [path, init] of calls) {
    await call(path, init);
    await call(path, { ...init, headers: { ...bearer(secret), ...init.headers } });
  }
  expect(lines).toHaveLength(calls.length * 2);
  expect(lines.join("")).not.toContain(secret.slice("lk_test_".length));
});
