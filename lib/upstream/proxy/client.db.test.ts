import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { Nango } from "@nangohq/node";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { secrets, testProxy } from "@/lib/testing/proxy";

const { serve, key, keyWith } = await testProxy();

const target = { connectionId: "c", providerConfigKey: "github" };

async function createClient(secretKey: string) {
  return new Nango({ host: await serve(), secretKey });
}

/** Starts a server that echoes each request as JSON, compressed when the request allows it. */
function startEchoServer(): Promise<string> {
  return testServer(async (request, response) => {
    const { method, url, headers } = request;
    const echoed = JSON.stringify({ method, url, headers, body: (await buffer(request)).toString() });
    response.setHeader("content-type", "application/json");
    if (!/gzip/.test(headers["accept-encoding"] ?? "")) response.end(echoed);
    else response.setHeader("content-encoding", "gzip").end(gzipSync(echoed));
  });
}

describe("the public client", () => {
  it("sends get, post, put, patch and delete requests to the provider unchanged", async () => {
    const nango = await createClient(key.secret);
    const baseUrlOverride = await startEchoServer();
    const config = { ...target, baseUrlOverride, endpoint: "/v1/items?a=b%20c" };
    for (const method of ["get", "post", "put", "patch", "delete"] as const) {
      const data = method === "get" ? undefined : { name: "é" };
      const { status, data: echoed } = await nango[method]({
        ...config,
        ...(data !== undefined && { data }),
      });
      expect(status).toBe(200);
      expect(echoed).toMatchObject({
        method: method.toUpperCase(),
        url: "/v1/items?a=b%20c",
        headers: { authorization: `Bearer ${secrets.oauth}` },
        body: data === undefined ? "" : JSON.stringify(data),
      });
      if (data !== undefined) expect(echoed.headers["content-type"]).toBe("application/json");
      expect(JSON.stringify(echoed)).not.toContain(key.secret);
    }
  });

  it("sends parameters, headers and a body of another type, and reads a compressed response", async () => {
    const nango = await createClient(key.secret);
    const { data } = await nango.proxy({
      ...target,
      baseUrlOverride: await startEchoServer(),
      method: "POST",
      endpoint: "v1/items",
      params: { q: "a b&c" },
      headers: { "Content-Type": "application/xml", "X-Mine": "1" },
      data: "<a/>",
      decompress: true,
    });
    expect(data).toMatchObject({
      url: "/v1/items?q=a+b%26c",
      headers: { "content-type": "application/xml", "x-mine": "1" },
      body: "<a/>",
    });
  });

  it("retries as configured, and rejects with the provider's status and body", async () => {
    const nango = await createClient(key.secret);
    let attempts = 0;
    const baseUrlOverride = await testServer((_, response) => {
      attempts += 1;
      response.writeHead(409, { "retry-after": "0", "content-type": "application/json" });
      response.end('{"reason":"busy"}');
    });
    const config = { ...target, baseUrlOverride, endpoint: "/x", retries: 2, retryOn: [409] };
    await expect(nango.get(config)).rejects.toMatchObject({
      response: { status: 409, data: { reason: "busy" } },
    });
    expect(attempts).toBe(3);
  });

  it("is denied without the scope", async () => {
    const { secret } = await keyWith("environment:connections:read");
    const nango = await createClient(secret);
    await expect(nango.get({ ...target, endpoint: "/x" })).rejects.toMatchObject({
      response: { status: 403, data: { error: { required_scope: "environment:proxy" } } },
    });
  });
});
