import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import pino from "pino";
import { afterAll, expect, it } from "vitest";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { createEnvironmentApi } from "@/lib/environment-api/app";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { bearer } from "@/lib/testing/environment-api";

/** Returns a local port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no address");
  return address.port;
}

const pool = openPool(`postgres://user:hush@127.0.0.1:${await closedPort()}/none`, 2);
afterAll(() => pool.end({ timeout: 1 }));
const lines: string[] = [];
const app = createEnvironmentApi({
  db: databaseFromPool(pool),
  masterKey: randomBytes(32),
  log: pino({}, { write: (line: string) => lines.push(line) }),
  failedAuthPerMinute: 0,
});

it("answers 503 with Retry-After and admits no caller while the database is unreachable", async () => {
  const key = generateKey(false);
  for (let call = 0; call < 3; call += 1) {
    const response = await app.request("/connections", { headers: bearer(key) });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "service_unavailable" } });
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(lines.some((line) => line.includes("database unreachable"))).toBe(true);
  expect(lines.join("")).not.toContain(key);
  expect(lines.join("")).not.toContain("hush");
});

it("still answers 401 to a malformed key", async () => {
  const response = await app.request("/connections", { headers: bearer("lk_test_cut") });
  expect(response.status).toBe(401);
});
