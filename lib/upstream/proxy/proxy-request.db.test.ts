import { randomBytes } from "node:crypto";
import { METHODS, type RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { secrets, sendRawRequest, testProxy } from "@/lib/testing/proxy";

const { headersFor, serve } = await testProxy();

/** Echoes the request as JSON. */
const echo: RequestListener = async (request, response) => {
  const body = await buffer(request);
  const { method, url, headers } = request;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method, url, headers, body: body.toString("base64") }));
};

type EchoedRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const parseEcho = (body: Buffer): EchoedRequest => JSON.parse(body.toString());

describe("a proxied request", () => {
  it.each(METHODS.filter((method) => method !== "CONNECT" && method !== "HEAD"))(
    "sends %s",
    async (method) => {
      const upstream = await testServer(echo);
      const response = await sendRawRequest(await serve(), {
        method,
        path: "/proxy/x",
        headers: headersFor(upstream),
      });
      expect(response.status).toBe(200);
      expect(parseEcho(response.body)).toMatchObject({ method, url: "/x" });
      expect(response.headers).toMatchObject({
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "access-control-allow-origin": "*",
      });
    },
  );

  it("sends HEAD and returns the content length of the response", async () => {
    const upstream = await testServer((request, response) => {
      response.setHeader("x-method", request.method ?? "");
      response.writeHead(404, { "content-length": "1234" }).end();
    });
    const response = await sendRawRequest(await serve(), {
      method: "HEAD",
      path: "/proxy/x",
      headers: headersFor(upstream),
    });
    expect(response).toMatchObject({
      status: 404,
      headers: { "x-method": "HEAD", "content-length": "1234" },
      body: Buffer.alloc(0),
    });
  });

  it.each([
    "/proxy/",
    "/proxy/v1/items/",
    "/proxy/a%2Fb/%e4%b8%ad?q=a%20b+c&q=d&empty=&e&x[y]=z|~'(*)",
    "/proxy/a/../b/./c//d?x=../y",
    "/proxy/proxy/connections?connectionId=1#no",
  ])("sends the path and query of %s unchanged", async (path) => {
    const upstream = await testServer(echo);
    const response = await sendRawRequest(await serve(), { path, headers: headersFor(`${upstream}/base/`) });
    expect(parseEcho(response.body).url).toBe(`/base${path.slice("/proxy".length)}`);
  });

  it("sends only those of the caller's headers that have the prefix Nango-Proxy-", async () => {
    const upstream = await testServer(echo);
    const response = await sendRawRequest(await serve(), {
      path: "/proxy/x",
      headers: headersFor(upstream, {
        "Nango-Proxy-Accept": "application/vnd.github+json",
        "nango-proxy-x-trace": "t",
        "nango-proxy-host": "internal.example",
        "nango-proxy-connection": "x-hop",
        "nango-proxy-x-hop": "1",
        "nango-proxy-transfer-encoding": "chunked",
        "nango-proxy-content-length": "5",
        "nango-proxy-": "nameless",
        "nango-activity-log-id": "",
        cookie: "a=b",
        "x-other": "1",
        accept: "text/plain",
        "user-agent": "curl",
        "x-forwarded-for": "1.2.3.4",
      }),
    });
    expect(parseEcho(response.body).headers).toEqual({
      accept: "application/vnd.github+json",
      "x-trace": "t",
      authorization: `Bearer ${secrets.oauth}`,
      "user-agent": "latchkey",
      host: new URL(upstream).host,
      connection: "close",
    });
  });

  it.each([
    ["github", { authorization: `Bearer ${secrets.oauth}` }, "/x?a=1"],
    ["openai", { authorization: `Bearer ${secrets.apiKey}` }, "/x?a=1"],
    [
      "twilio",
      { authorization: `Basic ${Buffer.from(`ann:${secrets.password}`).toString("base64")}` },
      "/x?a=1",
    ],
    ["google-gemini", {}, `/x?a=1&key=${secrets.apiKey}`],
    ["spotify-oauth2-cc", { authorization: `Bearer ${secrets.token}` }, "/x?a=1"],
    ["unauthenticated", {}, "/x?a=1"],
  ])("sends the connection's credentials to %s", async (provider, headers, url) => {
    const upstream = await testServer(echo);
    const response = await sendRawRequest(await serve(), {
      path: "/proxy/x?a=1",
      headers: headersFor(upstream, { "provider-config-key": provider }),
    });
    const sent = parseEcho(response.body);
    expect(sent).toMatchObject({ url, headers });
    if (!("authorization" in headers)) expect(sent.headers).not.toHaveProperty("authorization");
  });

  it.each([true, false])("sends a binary body unchanged (chunked: %s)", async (isChunked) => {
    const upstream = await testServer(echo);
    const body = randomBytes(300_000);
    const response = await sendRawRequest(await serve(), {
      method: "DELETE",
      path: "/proxy/x",
      body,
      headers: headersFor(upstream, {
        "content-type": "image/png",
        ...(isChunked ? { "transfer-encoding": "chunked" } : { "content-length": String(body.length) }),
      }),
    });
    const sent = parseEcho(response.body);
    expect(Buffer.from(sent.body, "base64").equals(body)).toBe(true);
    expect(sent.headers).toMatchObject({
      "content-type": "image/png",
      ...(isChunked ? { "transfer-encoding": "chunked" } : { "content-length": "300000" }),
    });
  });

  it("prefers the content type of Nango-Proxy-Content-Type", async () => {
    const upstream = await testServer(echo);
    const response = await sendRawRequest(await serve(), {
      method: "POST",
      path: "/proxy/x",
      body: "<a/>",
      headers: headersFor(upstream, {
        "content-type": "application/json",
        "nango-proxy-content-type": "application/xml",
      }),
    });
    expect(parseEcho(response.body).headers).toMatchObject({ "content-type": "application/xml" });
  });
});
