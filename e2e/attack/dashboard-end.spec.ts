import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LatchkeyProcess } from "@/e2e/fixtures/latchkey-process";
import { expect, test } from "@/e2e/fixtures/runtime-test";
import { end } from "@/e2e/fixtures/site";

/* What breaks the dashboard breaks neither the API nor the end of the process. */

const fixture = path.join(import.meta.dirname, "../fixtures/end-dashboard.mjs");

test.setTimeout(120_000);

/** The environment of a server whose dashboard a test can end, and the function that does. */
function endableDashboard(dataDir: string) {
  const file = path.join(dataDir, "end-dashboard");
  return {
    env: { LATCHKEY_SERVE: "all", LATCHKEY_TEST_END_FILE: file, NODE_OPTIONS: `--import=${fixture}` },
    endDashboard: (how: "fill" | "stick") => {
      // Written elsewhere first: the thread must not read half of it.
      writeFileSync(`${file}.new`, how);
      renameSync(`${file}.new`, file);
    },
  };
}

async function statusOf({ baseURL }: LatchkeyProcess, url: string): Promise<number> {
  const response = await fetch(baseURL + url, { redirect: "manual", headers: { connection: "close" } });
  await response.arrayBuffer();
  return response.status;
}

test("a dashboard that runs out of memory is started again, and the API answers all the while", async ({
  launch,
  dataDir,
}) => {
  const { env, endDashboard } = endableDashboard(dataDir);
  const server = await launch({ env });
  await server.ready;
  expect(await statusOf(server, "/signin")).toBe(200);

  const state = { isDone: false };
  const apiStatuses = new Set<number>();
  const calls = (async () => {
    while (!state.isDone) {
      apiStatuses.add(await statusOf(server, "/connections"));
      await wait(10);
    }
  })();
  endDashboard("fill");
  // Requests in flight when the thread ends fail with 500.
  await expect.poll(() => statusOf(server, "/signin"), { intervals: [50], timeout: 60_000 }).toBe(503);
  await expect.poll(() => statusOf(server, "/signin"), { timeout: 60_000 }).toBe(200);
  state.isDone = true;
  await calls;

  expect(apiStatuses).toEqual(new Set([401]));
  const metrics = await (await fetch(`${server.baseURL}/metrics`)).text();
  const restarts = Number(/^latchkey_dashboard_restarts_total (\d+)$/m.exec(metrics)?.[1]);
  const lines = server
    .output()
    .stdout.split("\n")
    .filter((line) => line.includes('"msg":"dashboard ended, will restart"'));
  expect(lines[0]).toContain("ERR_WORKER_OUT_OF_MEMORY");
  // On a busy machine a start can fail as well and is tried again.
  expect(restarts, lines.join("\n")).toBe(lines.length);
  await end(server);
  expect((await server.ended).code).toBe(0);
});

test("a process whose dashboard is stuck ends all the same", async ({ launch, dataDir }) => {
  const { env, endDashboard } = endableDashboard(dataDir);
  const server = await launch({ env });
  await server.ready;
  expect(await statusOf(server, "/signin")).toBe(200);
  endDashboard("stick");
  await wait(500);
  const startedAt = performance.now();
  await end(server);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  expect(await server.ended).toMatchObject({ signal: "SIGKILL" });
  expect(server.output().stdout).toContain("shutdown incomplete, process killed");
});
