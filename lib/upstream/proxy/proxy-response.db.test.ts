import type { IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testServer } from "@/lib/testing/http-server";
import { sendRawRequest, startRawRequest, testProxy } from "@/lib/testing/proxy";

const { headersFor, serve } = await testProxy();

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
    const { sent, response } = startRawRequest(await serve(), {
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
      const { sent, response } = startRawRequest(await serve(), {
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
