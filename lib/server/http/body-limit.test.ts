import { createServer, type IncomingMessage, request as openRequest } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { limitBody, maxBodyBytes } from "./body-limit";

describe("maxBodyBytes", () => {
  it.each([
    ["/api/auth/callback/credentials", 16 * 1024],
    ["/api/auth/_log?x", 16 * 1024],
    ["/signin", 16 * 1024],
    ["/setup?token=t", 16 * 1024],
    ["/env/dev/settings/api-keys", 1024 * 1024],
    ["/connect-ui", 1024 * 1024],
    ["/", 1024 * 1024],
  ])("%s accepts %d bytes", (url, bytes) => {
    expect(maxBodyBytes("dashboard", url)).toBe(bytes);
  });

  it("leaves the API to the limits of its routes", () => {
    expect(maxBodyBytes("api", "/connections")).toBe(null);
  });
});

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts a server that limits bodies to 10 bytes and answers with what its reader got, or with 413. */
async function serve(read: (request: IncomingMessage) => Promise<string>) {
  const server = createServer((request, response) => {
    limitBody(request, 10, () => response.writeHead(413).end());
    void read(request).then((text) => response.end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return address.port;
}

/** Sends a chunked body in two parts. */
function send(port: number, parts: readonly [string, string]): Promise<[status: number, text: string]> {
  return new Promise((resolve, reject) => {
    const request = openRequest({ port, host: "127.0.0.1", method: "POST", agent: false }, (response) => {
      void response.toArray().then((chunks) => resolve([response.statusCode ?? 0, chunks.join("")]));
    });
    request.once("error", reject);
    request.write(parts[0]);
    setTimeout(() => request.end(parts[1]), 20);
  });
}

describe("limitBody", () => {
  it("passes a body of exactly the limit on, also to a reader that starts late", async () => {
    const port = await serve(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return (await request.toArray()).join("");
    });
    expect(await send(port, ["12345", "67890"])).toEqual([200, "1234567890"]);
  });

  it("answers while the body still arrives, and its reader never gets an end", async () => {
    const read = vi.fn();
    const port = await serve(async (request) => {
      read((await request.toArray()).join(""));
      return "read";
    });
    expect(await send(port, ["12345", "678901"])).toEqual([413, ""]);
    expect(read).not.toHaveBeenCalled();
  });
});
