import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { secrets, sendRawRequest, startRawRequest, testProxy } from "@/lib/testing/proxy";

const { call, headersFor, keyWith, lines, serve } = await testProxy();

describe("an error of the proxy", () => {
  const unreachable = "http://127.0.0.1:1";

  it("describes a network error without a stack trace and without credentials", async () => {
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
  ])("rejects the headers %j", async (headers, name) => {
    const response = await call("/proxy/x", { headers: headersFor(unreachable, headers) });
    expect(response).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_headers", errors: [{ path: [name] }] } },
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
    const withLength = startRawRequest(api, {
      method: "POST",
      path: "/proxy/x",
      headers: headersFor(upstream, { "content-length": length }),
    });
    withLength.sent.write("a");
    expect((await withLength.response).statusCode).toBe(413);
    withLength.sent.destroy();

    const chunked = startRawRequest(api, { method: "POST", path: "/proxy/x", headers: headersFor(upstream) });
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
