import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "@/e2e/fixtures/test";

/* Of next-auth's endpoints, those that the product uses exist and no others. */

const unused = [
  ["POST", "/api/auth/_log"],
  ["GET", "/api/auth/_log"],
  ["GET", "/api/auth/providers"],
  ["GET", "/api/auth/signin"],
  ["POST", "/api/auth/signin/credentials"],
  ["GET", "/api/auth/signout"],
  ["POST", "/api/auth/signout"],
  ["GET", "/api/auth/error"],
  ["GET", "/api/auth/verify-request"],
  ["POST", "/api/auth/session"],
  ["POST", "/api/auth/csrf"],
  ["GET", "/api/auth/callback/credentials"],
  ["POST", "/api/auth/callback/github"],
  ["POST", "/api/auth/callback/credentials/more"],
  ["POST", "/api/auth/callback%2Fcredentials"],
] as const;

for (const [method, path] of unused) {
  test(`${method} ${path} does not exist`, async ({ request }) => {
    const answer = await request.fetch(path, { method, data: method === "POST" ? {} : undefined });
    expect([answer.status(), answer.headers()["set-cookie"]]).toEqual([404, undefined]);
  });
}

test("the endpoints in use answer", async ({ request }) => {
  const csrf = await request.get("/api/auth/csrf");
  expect([csrf.status(), await csrf.json()]).toEqual([200, { csrfToken: expect.any(String) }]);
  expect((await request.get("/api/auth/session")).status()).toBe(200);
  const { csrfToken } = await csrf.json();
  for (const [provider, error] of [
    ["credentials", "CredentialsSignin"],
    ["setup-link", "link_invalid"],
  ]) {
    const form = { csrfToken, email: "unknown@latchkey.test", password: "x", token: "none", json: "true" };
    const answer = await request.post(`/api/auth/callback/${provider}`, { form });
    expect([provider, answer.status(), (await answer.json()).url]).toEqual([
      provider,
      401,
      expect.stringContaining(`error=${error}`),
    ]);
  }
});

test("a caller cannot write a line of its own into the log", async ({ request, server }) => {
  const forged = `FORGED ${crypto.randomUUID()}`;
  await request.post("/api/auth/_log", { data: { level: "error", code: forged } });
  // Lines are buffered for up to 100 ms.
  await wait(1000);
  expect(readFileSync(server.logFile, "utf8")).not.toContain(forged);
});
