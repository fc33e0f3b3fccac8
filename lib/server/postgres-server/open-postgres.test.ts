import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { openPostgres, type PostgresServer } from "./open-postgres";
import { readPidFile } from "./pid-file";
import { isPostmasterOf } from "./postmaster";

const folder = mkdtempSync(path.join(tmpdir(), "latchkey-open-"));
chmodSync(folder, 0o711);
const data = path.join(folder, "postgres", "server", "data");
afterAll(() => rmSync(folder, { recursive: true }));

async function open(): Promise<PostgresServer> {
  const opened = await openPostgres(folder, { durable: false });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

test("the first process starts the server, others use it, and the last release stops it", async () => {
  const first = await open();
  const second = await open();
  expect([first.wasRunning, second.wasRunning]).toEqual([false, true]);
  expect(second.url).toBe(first.url);
  const pid = readPidFile(data)?.pid ?? Number.NaN;
  expect(await isPostmasterOf(pid, data)).toBe(true);
  expect(await isPostmasterOf(process.pid, data)).toBe(false);

  await first.release();
  const sql = postgres(second.url, { max: 1 });
  expect([...(await sql`select 1 as one`)]).toEqual([{ one: 1 }]);
  await sql.end();
  await second.release();
  expect(readPidFile(data)).toBe(null);
});

test("a login with a wrong password fails", async () => {
  const server = await open();
  const url = new URL(server.url);
  url.password = "guess";
  const sql = postgres(url.href, { max: 1 });
  await expect(sql`select 1`).rejects.toThrow("password authentication failed");
  await sql.end();
  await server.release();
});
