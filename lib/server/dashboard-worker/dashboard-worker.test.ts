import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { openLog } from "@/lib/infrastructure/log/log";
import { openDashboardWorker } from "./dashboard-worker";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A dashboard that ends in the way that a path names. */
const script = `
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
const ends = {
  "/throw": () => setImmediate(() => { throw new Error("broken page"); }),
  "/exit": () => process.exit(3),
  "/fill": () => { for (const all = []; ; ) all.push(new Array(10_000).fill(all.length)); },
  "/stick": () => setImmediate(() => spawnSync(process.execPath, ["-e", "setTimeout(() => {}, 9000)"])),
};
const server = createServer(({ url }, response) => {
  ends[url]?.();
  response.end("page");
});
server.listen(workerData.socketPath, () => parentPort.postMessage({ kind: "ready" }));
parentPort.on("message", ({ kind }) => { if (kind === "close") process.exit(); });
`;

/** Runs the script as the dashboard of a server. */
async function serve() {
  const root = mkdtempSync(path.join(tmpdir(), "latchkey-test-"));
  cleanUps.push(() => rmSync(root, { recursive: true }));
  mkdirSync(path.join(root, "scripts"));
  writeFileSync(path.join(root, "scripts/dashboard-worker.mjs"), script);
  const lines: string[] = [];
  const dashboard = await openDashboardWorker({
    root,
    notifications: { subscribe: () => () => {}, isLeaseHeld: () => false },
    log: openLog("info", { write: (line) => lines.push(line) }),
  });
  const server = createServer((request, response) => {
    Promise.resolve(dashboard.handle(request, response)).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  const get = async (url: string) => {
    const response = await fetch(`http://127.0.0.1:${address.port}${url}`, {
      headers: { connection: "close" },
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return { dashboard, get, logged: () => lines.map((line) => JSON.parse(line)) };
}

it.each([
  ["an uncaught error", "/throw", "broken page"],
  ["an exit", "/exit", "The dashboard's thread exited with 3"],
  ["its limit of memory", "/fill", "Worker terminated due to reaching memory limit: JS heap out of memory"],
])("restarts the dashboard after %s, and the process goes on", async (_, url, message) => {
  const { dashboard, get, logged } = await serve();
  expect(await get("/")).toMatchObject({ status: 200, text: "page" });
  expect([dashboard.restartCount(), logged()]).toEqual([0, []]);
  await get(url);
  await vi.waitFor(() => expect(dashboard.restartCount()).toBe(1), 20_000);
  const meanwhile = await get("/");
  expect([meanwhile.status, meanwhile.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(logged()).toMatchObject([
    { level: 50, err: { message }, delayMs: 1000, msg: "dashboard ended, will restart" },
  ]);
  await vi.waitFor(async () => expect((await get("/")).status).toBe(200), 20_000);
  expect(await dashboard.close()).toBe(true);
  expect(dashboard.restartCount()).toBe(1);
});

it("waits longer after each end", async () => {
  const { dashboard, get, logged } = await serve();
  for (let count = 1; count <= 2; count += 1) {
    await get("/exit");
    await vi.waitFor(() => expect(dashboard.restartCount()).toBe(count), 20_000);
    await vi.waitFor(async () => expect((await get("/")).status).toBe(200), 20_000);
  }
  expect(logged().map(({ delayMs }) => delayMs)).toEqual([1000, 2000]);
  await dashboard.close();
});

it("does not restart a dashboard that is closed, also while it waits to restart one", async () => {
  const { dashboard, get } = await serve();
  await get("/exit");
  await vi.waitFor(() => expect(dashboard.restartCount()).toBe(1));
  expect(await dashboard.close()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await get("/")).status).toBe(503);
});

it("close gives a thread up that is stuck in native code", async () => {
  const { dashboard, get } = await serve();
  await get("/stick");
  const startedAt = performance.now();
  expect(await dashboard.close()).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(6000);
});
