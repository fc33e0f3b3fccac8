import { expect, test } from "@/e2e/fixtures/api-test";

test("a call is counted by its route and what became of it", async ({ request, call, secretWith }) => {
  const read = async () => {
    const answer = await request.get("/metrics");
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toMatch(/^text\/plain/);
    return answer.text();
  };
  const counted = (text: string, labels: string) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`latchkey_requests_total{${labels}}`))
        ?.split(" ")[1],
    );
  const labels = 'method="GET",route="/environment-variables",outcome="missing_scope",status="403"';
  const headers = { authorization: `Bearer ${await secretWith("environment:deploy")}` };
  expect((await call({ method: "GET", path: "/environment-variables", headers })).status).toBe(403);
  const before = counted(await read(), labels);
  expect((await call({ method: "GET", path: "/environment-variables", headers })).status).toBe(403);
  const after = await read();
  expect(counted(after, labels)).toBeGreaterThan(before);
  expect(after).toContain("latchkey_lease_held 1");
  expect(after).toMatch(/latchkey_key_lookups_total\{result="hit"\} [1-9]/);
  expect(after).not.toContain(headers.authorization);
});

test("metrics are as if not there through a proxy", async ({ request }) => {
  const answer = await request.get("/metrics", { headers: { "x-forwarded-for": "127.0.0.1" } });
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: "not_found" } });
});
