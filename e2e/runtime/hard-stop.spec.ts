import { writeFileSync } from "node:fs";
import { makeKeyInDataFolder } from "@/e2e/fixtures/data-folder-database";
import { expect, postgresOf, test } from "@/e2e/fixtures/runtime-test";
import { isAlive } from "@/lib/server/postgres-server/pid-file";

test("after kill -9 the next start takes the orphaned database over and ends it in order", async ({
  dataDir,
  launch,
}) => {
  const first = await launch();
  await first.ready;
  const orphan = postgresOf(dataDir).pid;
  const secret = await makeKeyInDataFolder(dataDir, "Kept");
  first.child.kill("SIGKILL");
  await first.ended;
  expect(orphan !== null && isAlive(orphan)).toBe(true);

  const second = await launch();
  await second.ready;
  expect(postgresOf(dataDir).pid).toBe(orphan);
  const authorization = `Bearer ${secret}`;
  expect((await fetch(`${second.baseURL}/connections`, { headers: { authorization } })).status).toBe(200);

  second.child.kill("SIGTERM");
  expect((await second.ended).code).toBe(0);
  expect(postgresOf(dataDir).pid).toBe(null);
  expect(postgresOf(dataDir).log()).toMatch(/database system is shut down\s*$/);
});

test("after the database is killed too, the next start recovers it", async ({ dataDir, launch }) => {
  const first = await launch();
  await first.ready;
  const secret = await makeKeyInDataFolder(dataDir, "Kept");
  const { pid } = postgresOf(dataDir);
  first.child.kill("SIGKILL");
  process.kill(pid ?? Number.NaN, "SIGKILL");
  await first.ended;

  const second = await launch();
  await second.ready;
  const authorization = `Bearer ${secret}`;
  expect((await fetch(`${second.baseURL}/connections`, { headers: { authorization } })).status).toBe(200);
  expect(postgresOf(dataDir).log()).toContain("not properly shut down");
});

test("a pid file that names another program's process does not keep the database down", async ({
  dataDir,
  launch,
}) => {
  const first = await launch();
  await first.ready;
  first.child.kill("SIGTERM");
  await first.ended;
  const lines = [process.pid, `${dataDir}/postgres/server/data`, 0, 1, "", "127.0.0.1", "", "ready"];
  writeFileSync(`${dataDir}/postgres/server/data/postmaster.pid`, `${lines.join("\n")}\n`);

  const second = await launch();
  await second.ready;
  expect(postgresOf(dataDir).pid).not.toBe(process.pid);
});
