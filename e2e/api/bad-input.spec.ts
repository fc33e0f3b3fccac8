import { Agent, request as httpRequest } from "node:http";
import { expect, test } from "@/e2e/fixtures/api-test";
import { generateKey } from "@/lib/access/api-keys/key-format";

type RawAnswer = { readonly status: number | undefined; readonly text: string };

/** Sends headers exactly as given, also what `fetch` would refuse to send. */
function send(
  baseURL: string,
  headers: readonly string[],
  { method = "GET", path = "/connections", body = Buffer.from(""), agent = new Agent() } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseURL);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { agent, hostname, port, method, path, headers: ["host", hostname, ...headers], setHost: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode, text }));
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

test.describe("the Authorization header", () => {
  const key = generateKey(false);
  const attempts: [what: string, headers: string[], status: number, code: string][] = [
    ["two tokens", ["authorization", `Bearer ${key} ${key}`], 401, "malformed_auth_header"],
    [
      "sent twice",
      ["authorization", `Bearer ${key}`, "authorization", `Bearer ${key}`],
      401,
      "malformed_auth_header",
    ],
    ["a tab", ["authorization", `Bearer\t${key}`], 401, "malformed_auth_header"],
    ["a tab in the key", ["authorization", `Bearer lk_test_\t${key}`], 401, "malformed_auth_header"],
    ["Latin-1", ["authorization", "Bearer lk_test_\u00e9"], 401, "malformed_auth_header"],
    ["10 KB", ["authorization", `Bearer ${"k".repeat(10_000)}`], 401, "invalid_secret_key_format"],
    ["100 KB", ["authorization", `Bearer ${"k".repeat(100_000)}`], 431, "invalid_headers"],
    ["nothing", ["authorization", ""], 401, "missing_auth_header"],
  ];
  for (const [what, headers, status, code] of attempts) {
    test(`with ${what}`, async ({ server }) => {
      const answer = await send(server.baseURL, headers);
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([status, { error: { code } }]);
    });
  }
});

test.describe("a body", () => {
  const attempts: [what: string, body: string | Buffer, headers: string[], status: number, code: string][] = [
    ["that is not JSON", "provider=github", [], 400, "invalid_json"],
    ["that is half JSON", '{"provider":', [], 400, "invalid_json"],
    ["that is not UTF-8", Buffer.from('{"provider":"\u00ff"}', "latin1"), [], 400, "invalid_json"],
    ["that is an array", "[]", [], 400, "invalid_body"],
    ["that is null", "null", [], 400, "invalid_body"],
    ["that is text", '"x"', [], 400, "invalid_body"],
    ["that is nothing", "", [], 400, "invalid_body"],
    ["nested 100,000 deep", "[".repeat(100_000) + "]".repeat(100_000), [], 400, "invalid_body"],
    ["of 2 MB", JSON.stringify({ provider: "x".repeat(2 * 1024 * 1024) }), [], 413, "payload_too_large"],
    [
      "of 2 MB in chunks",
      JSON.stringify({ provider: "x".repeat(2 * 1024 * 1024) }),
      ["transfer-encoding", "chunked"],
      413,
      "payload_too_large",
    ],
    ["as a form", "a=b", ["content-type", "application/x-www-form-urlencoded"], 415, "invalid_content_type"],
    ["as almost JSON", "{}", ["content-type", "application/jsonp"], 415, "invalid_content_type"],
  ];
  for (const [what, body, headers, status, code] of attempts) {
    test(what, async ({ server, fullAccessKey, call }) => {
      const answer = await send(server.baseURL, ["authorization", `Bearer ${fullAccessKey}`, ...headers], {
        method: "POST",
        path: "/integrations",
        body: Buffer.from(body),
      });
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([status, { error: { code } }]);
      expect((await call({ path: "/integrations", key: fullAccessKey })).body).toEqual({ data: [] });
    });
  }
});

test("a rejected body leaves its connection usable for the next requests", async ({ server, secretWith }) => {
  const write = ["authorization", `Bearer ${await secretWith("environment:integrations:write")}`];
  const body = Buffer.alloc(2 * 1024 * 1024, "x");
  const chunked = ["transfer-encoding", "chunked"];
  const length = ["content-length", String(body.length)];
  const refusals: [path: string, headers: string[], status: number][] = [
    ["/integrations", length, 413],
    ["/integrations", chunked, 413],
    ["/integrations", [...chunked, "content-type", "text/plain"], 415],
    ["/connections", length, 403],
    ["/connections", chunked, 403],
  ];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const [path, headers, status] of refusals) {
    const refused = await send(server.baseURL, [...write, ...headers], { method: "POST", path, body, agent });
    expect(refused.status).toBe(status);
    // The server's library cuts a connection with an unread body after half a second: go on for longer than that.
    for (const started = performance.now(); performance.now() - started < 700; ) {
      const next = await send(server.baseURL, write, { path: "/providers/github", agent });
      expect([path, headers, next.status]).toEqual([path, headers, 200]);
    }
  }
  agent.destroy();
});

test("JSON is taken with a charset, in any letter case, and without a content type", async ({
  server,
  fullAccessKey,
}) => {
  const types = [
    [],
    ["content-type", "application/json; charset=utf-8"],
    ["content-type", "APPLICATION/JSON"],
  ];
  for (const [at, type] of types.entries()) {
    const answer = await send(server.baseURL, ["authorization", `Bearer ${fullAccessKey}`, ...type], {
      method: "POST",
      path: "/integrations/",
      body: Buffer.from(JSON.stringify({ provider: "twilio", unique_key: `phone-${at}` })),
    });
    expect(answer.status).toBe(200);
  }
});

test("GET and DELETE take a JSON content type with an empty body", async ({
  server,
  fullAccessKey,
  addResources,
}) => {
  const { integration } = await addResources();
  const headers = ["authorization", `Bearer ${fullAccessKey}`, "content-type", "application/json"];
  const path = `/integrations/${integration}`;
  expect((await send(server.baseURL, headers, { path })).status).toBe(200);
  expect((await send(server.baseURL, headers, { path, method: "DELETE" })).status).toBe(200);
});
