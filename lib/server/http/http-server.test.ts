import { Agent, get } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { checkPort, listen } from "./http-server";

const host = "127.0.0.1";

async function serve(listener: Parameters<typeof listen>[1]) {
  const listening = await listen({ port: 0, host }, listener, { keepAliveSeconds: 75 });
  if (!listening.ok) throw new Error(listening.error);
  const address = listening.value.server.address();
  if (address === null || typeof address !== "object") throw new Error("no address");
  return { close: listening.value.close, server: listening.value.server, port: address.port };
}

async function sendRaw(port: number, request: string): Promise<string> {
  const socket = connect(port, host);
  socket.write(request);
  return text(socket);
}

test("checkPort describes a port that is taken, and returns null for a free one", async () => {
  const { close, port } = await serve(() => {});
  expect(await checkPort({ port, host })).toBe(
    `Port ${port} is taken by another program: stop that one, or set PORT to a free port.`,
  );
  expect(await checkPort({ port, host: null })).toContain("is taken");
  await close(1000);
  expect(await checkPort({ port, host })).toBe(null);
});

test("invalid HTTP and 100 KB of headers get a JSON error with a code", async () => {
  const { close, port } = await serve((_, response) => response.end());
  const garbage = await sendRaw(port, "hello\r\n\r\n");
  expect(garbage).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  const large = await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(100_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  for (const response of [garbage, large]) {
    expect(JSON.parse(response.split("\r\n\r\n")[1] ?? "")).toMatchObject({
      error: { code: "invalid_headers" },
    });
  }
  await close(1000);
});

test("close answers requests in flight and accepts no new connections", async () => {
  let finish = () => {};
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const { close, port } = await serve((_, response) => {
    finish = () => response.end("done");
    arrive();
  });
  const response = fetch(`http://${host}:${port}/`);
  await arrived;
  const closed = close(5000);
  await expect(fetch(`http://${host}:${port}/`)).rejects.toThrow();
  finish();
  expect(await (await response).text()).toBe("done");
  await closed;
});

test("connections are kept for the set time, and headers are waited for longer", async () => {
  const { close, server } = await serve(() => {});
  expect(server.keepAliveTimeout).toBe(75_000);
  expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout);
  expect(server.requestTimeout).toBeGreaterThanOrEqual(server.headersTimeout);
  await close(1000);
});

test("close waits neither for a connection that is idle nor for one that becomes idle", async () => {
  let finish = () => {};
  const { close, port } = await serve((request, response) => {
    if (request.url === "/") response.end("done");
    else finish = () => response.end("late");
  });
  const agent = new Agent({ keepAlive: true });
  const ask = (path: string) =>
    new Promise<string>((resolve, reject) => {
      get({ host, port, path, agent }, (response) => void text(response).then(resolve, reject)).once(
        "error",
        reject,
      );
    });
  expect(await ask("/")).toBe("done");
  const late = ask("/late");
  expect(await ask("/")).toBe("done");
  const startedAt = performance.now();
  const closed = close(60_000);
  finish();
  expect(await late).toBe("late");
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(2000);
  agent.destroy();
});

test("close destroys WebSocket connections after the grace period", async () => {
  const { close, server, port } = await serve(() => {});
  server.on("upgrade", (_, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  });
  const client = connect(port, host);
  client.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  await new Promise((resolve) => client.once("data", resolve));
  const ended = new Promise((resolve) => client.once("close", resolve));
  await close(10);
  await ended;
});
