import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { openDashboardForwarder } from "./dashboard-forwarder";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server, pathOrPort: string | number): Promise<void> {
  await new Promise<void>((resolve) => server.listen(pathOrPort, resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
}

/** Starts `dashboard` on a socket, and a server that forwards to it. Returns the origin of the forwarding server. */
async function startForwarder(
  dashboard: RequestListener | null,
  onRequest: (response: ServerResponse) => void = () => {},
): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-test-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const socket = path.join(folder, "s.sock");
  if (dashboard !== null) await listen(createServer(dashboard), socket);
  const { handle, close } = openDashboardForwarder(socket);
  cleanUps.push(close);
  const server = createServer((request, response) => {
    response.setHeader("x-request-id", "1");
    onRequest(response);
    Promise.resolve(handle(request, response)).catch(() => response.writeHead(500).end());
  });
  await listen(server, 0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return `http://127.0.0.1:${address.port}`;
}

it("forwards method, URL, headers and body, and returns status, headers and body unchanged", async () => {
  const origin = await startForwarder(async (request, response) => {
    const body = (await request.toArray()).join("");
    const { host, cookie, connection } = request.headers;
    response.writeHead(418, "Short and stout", [
      ...["set-cookie", "a=1", "set-cookie", "b=2", "content-type", "application/json"],
    ]);
    response.end(
      JSON.stringify({ method: request.method, url: request.url, host, cookie, connection, body }),
    );
  });
  const init = { method: "POST", headers: { cookie: "c=3" }, body: "x".repeat(100_000) };
  const response = await fetch(`${origin}/a%20b?c=d`, init);
  expect(response.status).toBe(418);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(response.headers.get("x-request-id")).toBe("1");
  expect(await response.json()).toMatchObject({
    method: "POST",
    url: "/a%20b?c=d",
    host: new URL(origin).host,
    cookie: "c=3",
    body: init.body,
  });
});

it("streams the response, and aborts the request to the dashboard when the client disconnects", async () => {
  let isClosed = false;
  const origin = await startForwarder((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    response.write("one");
    response.once("close", () => {
      isClosed = true;
    });
  });
  const abort = new AbortController();
  const response = await fetch(origin, { signal: abort.signal });
  const chunk = await response.body?.getReader().read();
  expect(new TextDecoder().decode(chunk?.value)).toBe("one");
  expect(isClosed).toBe(false);
  abort.abort();
  await vi.waitFor(() => expect(isClosed).toBe(true));
});

it("closes the upstream request when the response was sent before the body's end", async () => {
  let isClosed = false;
  let answer = () => {};
  const origin = await startForwarder(
    (request) => {
      request.once("data", () => answer());
      request.once("close", () => {
        isClosed = true;
      });
    },
    (response) => {
      answer = () => response.writeHead(413).end();
    },
  );
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  void writer.write(new TextEncoder().encode("part")).catch(() => {});
  const response = await fetch(origin, {
    ...({ duplex: "half" } as const),
    method: "POST",
    body: readable,
  });
  expect(response.status).toBe(413);
  await vi.waitFor(() => expect(isClosed).toBe(true));
  await writer.close().catch(() => {});
});

it("rejects when no server listens on the socket", async () => {
  expect((await fetch(await startForwarder(null))).status).toBe(500);
});

it("destroys the response when the dashboard's response is cut off", async () => {
  const origin = await startForwarder((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    setImmediate(() => response.destroy());
  });
  await expect(fetch(origin).then((response) => response.text())).rejects.toThrow();
});
