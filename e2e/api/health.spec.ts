import { expect, test } from "@/e2e/fixtures/test";

test("a running server is live and ready", async ({ request }) => {
  expect((await request.get("/healthz")).status()).toBe(200);
  expect((await request.get("/readyz")).status()).toBe(200);
});

test("an unknown address is JSON to a program and a page to a person", async ({ request }) => {
  const program = await request.get("/nothing-here", { headers: { accept: "application/json" } });
  expect(program.status()).toBe(404);
  expect(await program.json()).toMatchObject({ error: { code: "not_found" } });

  const person = await request.get("/nothing-here", { headers: { accept: "text/html" } });
  expect(person.status()).toBe(404);
  expect(person.headers()["content-type"]).toContain("text/html");
});

test("a key of a fresh environment is real", async ({ apiKey, environment, db }) => {
  const key = await apiKey(["environment:*"]);
  expect(key.secret).toMatch(/^lk_test_/);
  const rows = await db.execute(`select id from api_keys where environment_id = ${environment.id}`);
  expect(rows).toHaveLength(1);
});
