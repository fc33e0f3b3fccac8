import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { openNginx } from "@/e2e/fixtures/nginx";
import { expect, test } from "@/e2e/fixtures/runtime-test";
import { openSlowLink } from "@/e2e/fixtures/slow-link";

// Node's own keep-alive timeout is 5 s; it was in force before the setting. nginx and others keep connections 60 s.

const cleanUps: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

test("no request through nginx meets a connection that is being closed", async ({ launch }) => {
  const latchkey = await launch();
  await latchkey.ready;
  // On a network: nginx learns a little later that a connection was closed.
  const link = await openSlowLink(latchkey.baseURL, 150);
  const nginx = await openNginx(link.baseURL, 30);
  cleanUps.push(nginx.close, link.close);
  // A POST is not repeated by nginx: what meets a closed connection becomes a 502.
  const post = async (baseURL: string) =>
    (await fetch(`${baseURL}/connect/sessions`, { method: "POST" })).status;
  expect(new Set(await Promise.all(nginx.baseURLs.map(post)))).toEqual(new Set([401]));
  // Each once more, at intervals below the delay around the time at which Node would close them, 5 s or 6 s.
  await wait(4500);
  const again = nginx.baseURLs.map(async (baseURL, index) => {
    await wait(index * 70);
    return post(baseURL);
  });
  expect(new Set(await Promise.all(again))).toEqual(new Set([401]));
});

test("an idle connection is kept for the set time, and then closed", async ({ launch }) => {
  const latchkey = await launch({ env: { LATCHKEY_KEEP_ALIVE_SECONDS: "7" } });
  await latchkey.ready;
  const socket = connect(latchkey.port, "127.0.0.1").setEncoding("utf8");
  let received = "";
  socket.on("data", (text) => {
    received += text;
  });
  let isClosed = false;
  socket.once("close", () => {
    isClosed = true;
  });
  const ask = () => socket.write("GET /healthz HTTP/1.1\r\nHost: latchkey\r\n\r\n");
  const answers = () => received.match(/HTTP\/1\.1 200/g)?.length ?? 0;
  ask();
  await expect.poll(answers).toBe(1);
  await wait(6200);
  ask();
  await expect.poll(answers).toBe(2);
  expect(isClosed).toBe(false);
  expect(received).toContain("Keep-Alive: timeout=7");
  await expect.poll(() => isClosed, { timeout: 15_000 }).toBe(true);
});

test("idle connections do not delay the stop", async ({ launch }) => {
  const latchkey = await launch({ env: { LATCHKEY_DRAIN_SECONDS: "1" } });
  await latchkey.ready;
  const sockets = Array.from({ length: 20 }, () => connect(latchkey.port, "127.0.0.1"));
  let answered = 0;
  for (const socket of sockets) {
    socket
      .on("error", () => {})
      .once("data", () => {
        answered += 1;
      });
    socket.write("GET /healthz HTTP/1.1\r\nHost: latchkey\r\n\r\n");
  }
  await expect.poll(() => answered).toBe(20);
  const startedAt = performance.now();
  latchkey.child.kill("SIGTERM");
  expect(await latchkey.ended).toEqual({ code: 0, signal: null });
  expect(performance.now() - startedAt).toBeLessThan(4000);
});
