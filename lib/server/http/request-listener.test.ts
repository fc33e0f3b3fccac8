import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { openLog } from "@/lib/infrastructure/log/log";
import { createRequestListener, type ListenerDependencies } from "./request-listener";

const lines: string[] = [];
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts a real server with the listener. Its API answers 404 and its dashboard 200. */
async function serve(
  dependencies: Partial<ListenerDependencies>,
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const listener = createRequestListener({
    api: (_, response) => response.writeHead(404, { "x-by": "api" }).end(),
    dashboard: (_, response) => response.writeHead(200, { "x-by": "dashboard" }).end(),
    servedSegments: { apiSegments: new Set(["connections"]), publicFileNames: new Set() },
    checkDatabase: async () => "ok",
    isDraining: () => false,
    metrics: { contentType: "text/plain", render: async () => "up 1\n" },
    metricsToken: null,
    trustProxy: false,
    log: openLog("info", { write: (line) => lines.push(line) }),
    ...dependencies,
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return (path, init) => fetch(`http://127.0.0.1:${address.port}${path}`, init);
}

describe("GET /metrics", () => {
  it("answers a program on this machine", async () => {
    const get = await serve({});
    const response = await get("/metrics");
    expect([response.status, await response.text()]).toEqual([200, "up 1\n"]);
  });

  it("is hidden behind a proxy", async () => {
    const get = await serve({});
    const program = await get("/metrics", { headers: { "x-forwarded-for": "10.0.0.1" } });
    expect([program.status, program.headers.get("x-by")]).toEqual([404, "api"]);
    const browser = await get("/metrics", { headers: { forwarded: "for=10.0.0.1", accept: "text/html" } });
    expect(browser.headers.get("x-by")).toBe("dashboard");
    expect((await get("/metrics", { method: "POST" })).headers.get("x-by")).toBe("api");
  });

  it("requires the token when one is configured", async () => {
    const get = await serve({ metricsToken: "a token of metrics" });
    const without = await get("/metrics");
    expect([without.status, without.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(await without.text()).not.toContain("up");
    const headers = { authorization: "Bearer a-token", "x-forwarded-for": "10.0.0.1" };
    expect((await get("/metrics", { headers })).status).toBe(401);
    const get2 = await serve({ metricsToken: "a-token" });
    expect((await get2("/metrics", { headers })).status).toBe(200);
  });
});

it.each([
  ["ok", 200, "ok"],
  ["read-only", 200, "read-only"],
  ["unreachable", 503, "database unreachable"],
] as const)("GET /readyz with a database that is %s", async (state, code, status) => {
  const get = await serve({ checkDatabase: async () => state });
  const response = await get("/readyz");
  expect([response.status, await response.json()]).toEqual([code, { status }]);
});

describe("a draining process", () => {
  it("is not ready, answers requests, and closes connections", async () => {
    const state = { isDraining: false };
    const get = await serve({ isDraining: () => state.isDraining });
    const before = await get("/readyz");
    expect([before.status, before.headers.get("connection")]).toEqual([200, "keep-alive"]);
    state.isDraining = true;
    const after = await get("/readyz");
    expect([after.status, await after.json()]).toEqual([503, { status: "draining" }]);
    for (const path of ["/readyz", "/healthz", "/connections", "/"]) {
      expect((await get(path)).headers.get("connection")).toBe("close");
    }
    expect((await get("/healthz")).status).toBe(200);
  });
});

describe("the limit of a body", () => {
  const echo: ListenerDependencies["dashboard"] = async (request, response) =>
    response.end(String((await request.toArray()).join("").length));
  /** A body without a declared length. */
  const streamed = (bytes: number) =>
    ({ body: new Blob(["x".repeat(bytes)]).stream(), duplex: "half" }) as const;

  it.each([
    ["/signin", 16 * 1024],
    ["/env/dev", 1024 * 1024],
  ])("of %s is %d bytes, declared or not", async (path, limit) => {
    const request = await serve({ dashboard: echo });
    for (const init of [{ body: "x".repeat(limit) }, streamed(limit)]) {
      const allowed = await request(path, { method: "POST", ...init });
      expect([allowed.status, await allowed.text()]).toEqual([200, String(limit)]);
    }
    for (const init of [{ body: "x".repeat(limit + 1) }, streamed(limit + 1)]) {
      const refused = await request(path, { method: "POST", ...init });
      expect([refused.status, await refused.json()]).toMatchObject([
        413,
        { error: { code: "payload_too_large" } },
      ]);
    }
  });

  it("is not read before a declared length is refused", async () => {
    let calls = 0;
    const request = await serve({ dashboard: () => (calls += 1) });
    await request("/signin", { method: "POST", body: "x".repeat(16 * 1024 + 1) });
    expect(calls).toBe(0);
  });
});

it("gives dashboard responses a request id and logs failures with it", async () => {
  const get = await serve({
    dashboard: () => {
      throw new Error("broken page");
    },
  });
  const response = await get("/env/dev");
  expect(response.status).toBe(500);
  const requestId = response.headers.get("x-request-id");
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ requestId, msg: "request failed" }]);
});
