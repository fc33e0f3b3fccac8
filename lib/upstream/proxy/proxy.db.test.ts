import { randomBytes } from "node:crypto";
import { type IncomingMessage, METHODS, type RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { openRawRequest, secrets, sendRawRequest, testProxy } from "@/lib/testing/proxy";

const { serve, headersFor, call, keyWith, lines } = await testProxy();

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

describe("a proxied response", () => {
  it("keeps only the content headers of a plain success, and all headers of another status", async () => {
    const upstream = await testServer((request, response) => {
      response.writeHead(request.url === "/ok" ? 200 : 418, {
        "content-type": "text/x-tea",
        "content-length": "3",
        "x-limit": "7",
        "set-cookie": ["a=1", "b=2"],
        "strict-transport-security": "max-age=1",
        connection: "x-hop",
        "x-hop": "1",
        "x-request-id": "theirs",
      });
      response.end("tea");
    });
    const api = await serve();
    const plain = await sendRawRequest(api, { path: "/proxy/ok", headers: headersFor(upstream) });
    expect(plain).toMatchObject({
      status: 200,
      headers: { "content-type": "text/x-tea", "content-length": "3" },
      body: Buffer.from("tea"),
    });
    expect(plain.headers).not.toHaveProperty("x-limit");
    const other = await sendRawRequest(api, { path: "/proxy/no", headers: headersFor(upstream) });
    expect(other).toMatchObject({
      status: 418,
      headers: { "content-type": "text/x-tea", "x-limit": "7", "set-cookie": ["a=1", "b=2"] },
      body: Buffer.from("tea"),
    });
    expect(other.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(other.headers).not.toHaveProperty("x-hop");
    expect(other.headers).not.toHaveProperty("strict-transport-security");
  });

  it("keeps all headers of a download and of a chunked response, and the empty body of a 204", async () => {
    const upstream = await testServer((request, response) => {
      response.setHeader("x-kept", "1");
      if (request.url === "/204") response.writeHead(204).end();
      else if (request.url === "/chunked") {
        response.write("a");
        response.end("b");
      } else {
        response.setHeader("content-disposition", 'attachment; filename="a.csv"');
        response.end("a,b");
      }
    });
    const api = await serve();
    for (const [path, body] of [
      ["/chunked", "ab"],
      ["/file", "a,b"],
    ]) {
      const response = await sendRawRequest(api, { path: `/proxy${path}`, headers: headersFor(upstream) });
      expect(response, path).toMatchObject({ status: 200, headers: { "x-kept": "1" } });
      expect(response.body.toString()).toBe(body);
    }
    const empty = await sendRawRequest(api, { path: "/proxy/204", headers: headersFor(upstream) });
    expect(empty).toMatchObject({ status: 204, body: Buffer.alloc(0) });
  });

  it("forwards an encoded body unchanged, or decoded with Decompress", async () => {
    const compressed = gzipSync("original ".repeat(100));
    const upstream = await testServer((request, response) => {
      response.setHeader("x-accept-encoding", request.headers["accept-encoding"] ?? "none");
      response.writeHead(200, { "content-encoding": "gzip", "content-length": String(compressed.length) });
      response.end(compressed);
    });
    const api = await serve();
    const raw = await sendRawRequest(api, { path: "/proxy/x", headers: headersFor(upstream) });
    expect(raw.headers).toMatchObject({
      "content-encoding": "gzip",
      "content-length": String(compressed.length),
      "x-accept-encoding": "none",
    });
    expect(raw.body.equals(compressed)).toBe(true);
    const decoded = await sendRawRequest(api, {
      path: "/proxy/x",
      headers: headersFor(upstream, { decompress: "true" }),
    });
    expect(decoded.body.toString()).toBe("original ".repeat(100));
    expect(decoded.headers).toMatchObject({ "x-accept-encoding": "gzip, deflate, br" });
    expect(decoded.headers).not.toHaveProperty("content-encoding");
    expect(decoded.headers["content-length"]).not.toBe(String(compressed.length));
  });
});

describe("streaming", () => {
  it("forwards the first bytes before the provider and the caller have ended their bodies", async () => {
    const upstream = await testServer((request, response) => {
      response.write("hello ");
      request.on("data", (chunk: Buffer) => response.write(chunk));
      request.on("end", () => response.end("."));
    });
    const { sent, response } = openRawRequest(await serve(), {
      method: "POST",
      path: "/proxy/x",
      headers: headersFor(upstream),
    });
    sent.write("one ");
    const chunks = (await response).setEncoding("utf8")[Symbol.asyncIterator]();
    const readUntil = async (end: string) => {
      let text = "";
      while (!text.endsWith(end)) {
        const { done, value } = await chunks.next();
        if (done === true) throw new Error(`Ended with ${text}`);
        text += value;
      }
      return text;
    };
    expect(await readUntil("one ")).toBe("hello one ");
    sent.write("two ");
    expect(await readUntil("two ")).toBe("two ");
    sent.end();
    expect(await readUntil(".")).toBe(".");
  });

  it("aborts the response when the provider's connection breaks, instead of ending it", async () => {
    const upstream = await testServer((_, response) => {
      response.write("half");
      setImmediate(() => response.destroy());
    });
    const api = await serve();
    await expect(sendRawRequest(api, { path: "/proxy/x", headers: headersFor(upstream) })).rejects.toThrow();
  });

  it.each(["before", "during"])(
    "closes the connection to the provider when the caller disconnects %s the response",
    async (when) => {
      let arrived: (request: IncomingMessage) => void = () => {};
      const arrival = new Promise<IncomingMessage>((resolve) => {
        arrived = resolve;
      });
      const upstream = await testServer((request, response) => {
        if (when === "during") response.write("begun");
        arrived(request);
      });
      const { sent, response } = openRawRequest(await serve(), {
        path: "/proxy/x",
        headers: headersFor(upstream),
      });
      sent.end();
      const outcome = response.catch((error: unknown) => error);
      const request = await arrival;
      const gone = new Promise((resolve) => request.socket.once("close", resolve));
      if (when === "during") (await response).on("error", () => {});
      sent.destroy();
      await gone;
      if (when === "before") expect(await outcome).toMatchObject({ code: "ECONNRESET" });
    },
  );
});

describe("an error of the proxy", () => {
  const unreachable = "http://127.0.0.1:1";

  it("describes a network error without a stack and without a credential", async () => {
    const response = await call("/proxy/x?a=1", {
      method: "POST",
      headers: headersFor(unreachable, { "provider-config-key": "google-gemini" }),
    });
    expect(response.status).toBe(500);
    expect(response.body).toEqual({
      message: "The request to 127.0.0.1:1 failed: ECONNREFUSED",
      code: "ECONNREFUSED",
      status: null,
      url: `${unreachable}/x?a=1`,
      method: "POST",
    });
    for (const secret of Object.values(secrets)) expect(lines.join("")).not.toContain(secret);
  });

  it("reports an invalid HTTP status, and closes the connection", async () => {
    const { promise: closed, resolve } = withResolver();
    const upstream = await testServer((request, response) => {
      request.socket.once("close", resolve);
      response.writeHead(999);
      response.write("endless");
    });
    const response = await call("/proxy/x", { headers: headersFor(upstream) });
    expect(response).toMatchObject({ status: 500, body: { code: "ERR_BAD_STATUS" } });
    await closed;
  });

  it.each([
    [{ "connection-id": "" }, "connection-id"],
    [{ "provider-config-key": "" }, "provider-config-key"],
    [{ retries: "-1" }, "retries"],
    [{ retries: "two" }, "retries"],
    [{ "retry-on": "4x" }, "retry-on"],
    [{ "base-url-override": "not an address" }, "base-url-override"],
    [{ "base-url-override": "file:///etc/passwd" }, "base-url-override"],
    [{ decompress: "maybe" }, "decompress"],
    [{ "forward-headers-on-redirect": "1" }, "forward-headers-on-redirect"],
    [{ "nango-activity-log-id": "x".repeat(256) }, "nango-activity-log-id"],
  ])("rejects the headers %j", async (headers, at) => {
    const response = await call("/proxy/x", { headers: headersFor(unreachable, headers) });
    expect(response).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_headers", errors: [{ path: [at] }] } },
    });
  });

  it("reports an unknown integration and an unknown connection", async () => {
    const unknown = { "provider-config-key": "no-such" };
    expect(await call("/proxy/x", { headers: headersFor(unreachable, unknown) })).toMatchObject({
      status: 404,
      body: { error: { code: "unknown_provider_config" } },
    });
    expect(
      await call("/proxy/x", { headers: headersFor(unreachable, { "connection-id": "no" }) }),
    ).toMatchObject({
      status: 400,
      body: { error: { code: "server_error", message: "Failed to get connection" } },
    });
  });

  it("checks the scope before anything else, for every method", async () => {
    const { secret } = await keyWith("environment:connections:read_credentials");
    for (const method of ["GET", "POST", "PROPFIND", "OPTIONS"]) {
      const response = await sendRawRequest(await serve(), {
        method,
        path: "/proxy/x",
        headers: { authorization: `Bearer ${secret}`, "content-type": "text/plain" },
      });
      expect(response.status, method).toBe(403);
      expect(response.body.toString()).toContain("Required: environment:proxy");
    }
  });

  it("rejects a body larger than 75 MB, with or without Content-Length", async () => {
    const api = await serve();
    const upstream = await testServer((request, response) => {
      request.resume();
      request.on("end", () => response.end());
    });
    const length = String(75 * 1024 * 1024 + 1);
    const withLength = openRawRequest(api, {
      method: "POST",
      path: "/proxy/x",
      headers: headersFor(upstream, { "content-length": length }),
    });
    withLength.sent.write("a");
    expect((await withLength.response).statusCode).toBe(413);
    withLength.sent.destroy();

    const chunked = openRawRequest(api, { method: "POST", path: "/proxy/x", headers: headersFor(upstream) });
    const chunk = Buffer.alloc(1024 * 1024);
    const writeChunks = () => {
      while (chunked.sent.writable && chunked.sent.write(chunk)) {}
      chunked.sent.once("drain", writeChunks);
    };
    writeChunks();
    expect((await chunked.response).statusCode).toBe(413);
    chunked.sent.destroy();
  });
});

function withResolver() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
