import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { Nango } from "@nangohq/node";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { secrets, testProxy } from "@/lib/testing/proxy";

const { serve, key, keyWith } = await testProxy();

const connected = { connectionId: "c", providerConfigKey: "github" };

async function clientFor(secretKey: string) {
  return new Nango({ host: await serve(), secretKey });
}

/** Tells what it was sent, as JSON that is compressed when the request allows it. */
function mirror(): Promise<string> {
  return testServer(async (request, response) => {
    const { method, url, headers } = request;
    const told = JSON.stringify({ method, url, headers, body: (await buffer(request)).toString() });
    response.setHeader("content-type", "application/json");
    if (!/gzip/.test(headers["accept-encoding"] ?? "")) response.end(told);
    else response.setHeader("content-encoding", "gzip").end(gzipSync(told));
  });
}

describe("the public client", () => {
  it("sends with get, post, put, patch and delete what the provider shall get", async () => {
    const nango = await clientFor(key.secret);
    const baseUrlOverride = await mirror();
    const config = { ...connected, baseUrlOverride, endpoint: "/v1/items?a=b%20c" };
    for (const method of ["get", "post", "put", "patch", "delete"] as const) {
      const data = method === "get" ? undefined : { name: "é" };
      const { status, data: told } = await nango[method]({ ...config, ...(data !== undefined && { data }) });
      expect(status).toBe(200);
      expect(told).toMatchObject({
        method: method.toUpperCase(),
        url: "/v1/items?a=b%20c",
        headers: { authorization: `Bearer ${secrets.oauth}` },
        body: data === undefined ? "" : JSON.stringify(data),
      });
      if (data !== undefined) expect(told.headers["content-type"]).toBe("application/json");
      expect(JSON.stringify(told)).not.toContain(key.secret);
    }
  });

  it("sends parameters, headers and a body of another type, and reads a compressed answer", async () => {
    const nango = await clientFor(key.secret);
    const { data } = await nango.proxy({
      ...connected,
      baseUrlOverride: await mirror(),
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

  it("tries again as it is told to, and rejects with the provider's own status and body", async () => {
    const nango = await clientFor(key.secret);
    let attempts = 0;
    const baseUrlOverride = await testServer((_, response) => {
      attempts += 1;
      response.writeHead(409, { "retry-after": "0", "content-type": "application/json" });
      response.end('{"reason":"busy"}');
    });
    const config = { ...connected, baseUrlOverride, endpoint: "/x", retries: 2, retryOn: [409] };
    await expect(nango.get(config)).rejects.toMatchObject({
      response: { status: 409, data: { reason: "busy" } },
    });
    expect(attempts).toBe(3);
  });

  it("is refused without the scope", async () => {
    const { secret } = await keyWith("environment:connections:read");
    const nango = await clientFor(secret);
    await expect(nango.get({ ...connected, endpoint: "/x" })).rejects.toMatchObject({
      response: { status: 403, data: { error: { required_scope: "environment:proxy" } } },
    });
  });
});
