import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { checkPort, listen } from "./http-server";

const host = "127.0.0.1";

async function serve(listener: Parameters<typeof listen>[1]) {
  const listening = await listen({ port: 0, host }, listener);
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

test("a taken port is told in a sentence, a free one is free", async () => {
  const { close, port } = await serve(() => {});
  expect(await checkPort({ port, host })).toBe(
    `Port ${port} is taken by another program: stop that one, or set PORT to a free port.`,
  );
  expect(await checkPort({ port, host: null })).toContain("is taken");
  await close(1000);
  expect(await checkPort({ port, host })).toBe(null);
});

test("what is not HTTP, or has 100 KB of headers, gets JSON with a code", async () => {
  const { close, port } = await serve((_, response) => response.end());
  const garbage = await sendRaw(port, "hello\r\n\r\n");
  expect(garbage).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  const large = await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(100_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  for (const answer of [garbage, large]) {
    expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({
      error: { code: "invalid_headers" },
    });
  }
  await close(1000);
});

test("a request under way is answered before the server has closed, and new ones are refused", async () => {
  let finish = () => {};
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const { close, port } = await serve((_, response) => {
    finish = () => response.end("done");
    arrive();
  });
  const answer = fetch(`http://${host}:${port}/`);
  await arrived;
  const closed = close(5000);
  await expect(fetch(`http://${host}:${port}/`)).rejects.toThrow();
  finish();
  expect(await (await answer).text()).toBe("done");
  await closed;
});

test("a web socket does not keep the server from closing", async () => {
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
