import { describe, expect, it } from "vitest";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { deleteApiKey } from "@/lib/access/api-keys/lifecycle";
import { bearer, testApi } from "@/lib/testing/environment-api";

const { db, pool, masterKey, environment, lines, call, keyWith } = await testApi();

const unknown = { error: { code: "unknown_account", message: "This API key does not match any account" } };

describe("handleRequest", () => {
  it("accepts a key with the scope, with a request id that is also in the log", async () => {
    const key = await keyWith("environment:connections:list");
    const response = await call("/connections?search=hush", { headers: bearer(key.secret) });
    expect(response).toMatchObject({ status: 200, body: { connections: [] } });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const id = response.headers.get("x-request-id") ?? "";
    const line = lines.find((text) => text.includes(id)) ?? "";
    expect(JSON.parse(line)).toMatchObject({
      requestId: id,
      method: "GET",
      route: "/connections",
      status: 200,
      ms: expect.any(Number),
      keyId: key.id,
    });
    expect(lines.join("")).not.toContain(key.secret);
    expect(lines.join("")).not.toContain("hush");
  });

  it.each([
    ["no header", {}, "missing_auth_header"],
    ["an empty header", { authorization: "" }, "missing_auth_header"],
    ["a bare key", { authorization: generateKey(false) }, "malformed_auth_header"],
    ["another scheme", { authorization: `Basic ${generateKey(false)}` }, "malformed_auth_header"],
    ["no token", { authorization: "Bearer" }, "malformed_auth_header"],
    ["two tokens", { authorization: `Bearer ${generateKey(false)} x` }, "malformed_auth_header"],
    ["two headers", { authorization: `Bearer ${generateKey(false)}, Bearer x` }, "malformed_auth_header"],
    ["a tab", { authorization: `Bearer\t${generateKey(false)}` }, "malformed_auth_header"],
    ["non-ASCII", { authorization: "Bearer lk_test_é" }, "malformed_auth_header"],
    ["100 KB", { authorization: `Bearer ${"a".repeat(100_000)}` }, "invalid_secret_key_format"],
    ["another product's key", { authorization: "Bearer sk_live_1234" }, "invalid_secret_key_format"],
    [
      "a cut key",
      { authorization: `Bearer ${generateKey(false).slice(0, -1)}` },
      "invalid_secret_key_format",
    ],
    [
      "a wrong checksum",
      { authorization: `Bearer ${swapLast(generateKey(false))}` },
      "invalid_secret_key_format",
    ],
    ["an unknown key", { authorization: `Bearer ${generateKey(false)}` }, "unknown_account"],
  ])("rejects %s", async (_, headers, code) => {
    const response = await call("/connections", { headers });
    expect(response).toMatchObject({ status: 401, body: { error: { code, message: expect.any(String) } } });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("accepts the scheme in any letter case", async () => {
    const { secret } = await keyWith("environment:connections:list");
    for (const scheme of ["bearer", "BEARER", "bEaReR"]) {
      expect(await call("/connections", { headers: { authorization: `${scheme} ${secret}` } })).toMatchObject(
        {
          status: 200,
        },
      );
    }
  });

  it("rejects an expired key, and one that expires this moment", async () => {
    const key = await keyWith("environment:connections:list");
    await pool`update api_keys set expires_at = now() + interval '1 hour' where id = ${key.id}`;
    expect(await call("/connections", { headers: bearer(key.secret) })).toMatchObject({ status: 200 });
    await pool`update api_keys set expires_at = now() where id = ${key.id}`;
    const response = await call("/connections", { headers: bearer(key.secret) });
    expect(response).toMatchObject({ status: 401, body: { error: { code: "expired_key" } } });
  });

  it("rejects a deleted key, or one of a deleted environment, at the next request", async () => {
    const key = await keyWith("environment:connections:list");
    expect(await call("/connections", { headers: bearer(key.secret) })).toMatchObject({ status: 200 });
    await deleteApiKey(db, environment, testActor, key.id);
    expect(await call("/connections", { headers: bearer(key.secret) })).toMatchObject({
      status: 401,
      body: unknown,
    });

    const other = await makeTestEnvironment(db, true);
    const orphan = await makeTestKey(db, masterKey, other, ["environment:*"]);
    expect(await call("/connections", { headers: bearer(orphan.secret) })).toMatchObject({ status: 200 });
    await pool`delete from environments where id = ${other.id}`;
    const response = await call("/connections", { headers: bearer(orphan.secret) });
    expect(response).toMatchObject({ status: 401 });
    expect(response.body).toEqual(unknown);
  });

  it("names the missing scope in the body and, by RFC 6750, in WWW-Authenticate", async () => {
    const { secret } = await keyWith("environment:connections:list");
    const response = await call("/integrations", {
      headers: { ...bearer(secret), "nango-is-script": "true" },
    });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "forbidden",
        message: "Insufficient scope. Required: environment:integrations:list",
        required_scope: "environment:integrations:list",
      },
    });
    expect(response.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="environment:integrations:list"',
    );
  });

  it("grants nothing for a stored scope that is not in the catalog", async () => {
    const key = await keyWith("environment:connections:list");
    await pool`update api_keys set scopes = array['environment:connections:*', '*', 'environment'] where id = ${key.id}`;
    expect(await call("/connections", { headers: bearer(key.secret) })).toMatchObject({ status: 403 });
  });

  it("answers an unknown path with a JSON 404, without requiring a key", async () => {
    expect(await call("/no/such")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    expect(await call("/connections", { method: "PUT" })).toMatchObject({ status: 404 });
  });

  it("accepts a trailing slash, HEAD, and a preflight from any origin", async () => {
    const { secret } = await keyWith("environment:connections:list");
    expect(await call("/connections/", { headers: bearer(secret) })).toMatchObject({ status: 200 });
    expect(await call("/connections", { method: "HEAD", headers: bearer(secret) })).toMatchObject({
      status: 200,
    });
    expect(await call("/connections", { method: "HEAD" })).toMatchObject({ status: 401 });
    const preflight = await call("/connections", {
      method: "OPTIONS",
      headers: { origin: "https://a.example", "access-control-request-headers": "authorization" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization");
  });
});

function swapLast(key: string): string {
  return key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
}
