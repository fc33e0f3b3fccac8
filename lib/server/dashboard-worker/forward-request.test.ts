import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { openRequestForwarder } from "./forward-request";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server, place: string | number): Promise<void> {
  await new Promise<void>((resolve) => server.listen(place, resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
}

/** A server behind a socket, one in front that passes on to it, and the address of that one. */
async function front(behind: RequestListener | null): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-test-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const socket = path.join(folder, "s.sock");
  if (behind !== null) await listen(createServer(behind), socket);
  const { handle, close } = openRequestForwarder(socket);
  cleanUps.push(close);
  const server = createServer((request, response) => {
    response.setHeader("x-request-id", "1");
    Promise.resolve(handle(request, response)).catch(() => response.writeHead(500).end());
  });
  await listen(server, 0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return `http://127.0.0.1:${address.port}`;
}

it("passes on method, address, headers and body, and brings back the answer as it is", async () => {
  const address = await front(async (request, response) => {
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
  const answer = await fetch(`${address}/a%20b?c=d`, init);
  expect(answer.status).toBe(418);
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(answer.headers.get("x-request-id")).toBe("1");
  expect(await answer.json()).toMatchObject({
    method: "POST",
    url: "/a%20b?c=d",
    host: new URL(address).host,
    cookie: "c=3",
    body: init.body,
  });
});

it("brings a stream in the pieces in which it comes, and tells the server of a reader who leaves", async () => {
  let hasLeft = false;
  const address = await front((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    response.write("one");
    response.once("close", () => {
      hasLeft = true;
    });
  });
  const leaving = new AbortController();
  const answer = await fetch(address, { signal: leaving.signal });
  const piece = await answer.body?.getReader().read();
  expect(new TextDecoder().decode(piece?.value)).toBe("one");
  expect(hasLeft).toBe(false);
  leaving.abort();
  await vi.waitFor(() => expect(hasLeft).toBe(true));
});

it("fails when nobody is behind", async () => {
  expect((await fetch(await front(null))).status).toBe(500);
});

it("cuts an answer that is cut", async () => {
  const address = await front((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    setImmediate(() => response.destroy());
  });
  await expect(fetch(address).then((answer) => answer.text())).rejects.toThrow();
});
