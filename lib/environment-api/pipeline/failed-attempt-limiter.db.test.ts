import { expect, it } from "vitest";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { bearer, testApi } from "@/lib/testing/environment-api";

const { call, keyWith } = await testApi({
  failedAuthPerMinute: 5,
  clientAddressOf: (c) => c.req.header("x-test-address") ?? null,
});

const from = (address: string, secret: string) => ({
  headers: { ...bearer(secret), "x-test-address": address },
});

it("answers 429 to failures past the limit, but not to a valid key or another address", async () => {
  const { secret } = await keyWith("environment:connections:list");
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    statuses.push((await call("/connections", from("10.0.0.1", generateKey(false)))).status);
    statuses.push((await call("/connections", from("10.0.0.1", secret))).status);
  }
  expect(statuses.filter((_, index) => index % 2 === 0)).toEqual([401, 401, 401, 401, 401, 429, 429]);
  expect(statuses.filter((_, index) => index % 2 === 1)).toEqual(Array.from({ length: 7 }, () => 200));

  const limited = await call("/connections", from("10.0.0.1", "lk_test_cut"));
  expect(limited).toMatchObject({ status: 429, body: { error: { code: "too_many_request" } } });
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(limited.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect(limited.headers.get("www-authenticate")).toBeNull();

  expect(await call("/connections", from("10.0.0.2", generateKey(false)))).toMatchObject({ status: 401 });
});

it("counts attempts with a key, but not calls without one", async () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const response = await call("/connections", { headers: { "x-test-address": "10.0.0.3" } });
    expect(response.status).toBe(401);
  }
});
