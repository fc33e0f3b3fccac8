import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { openPool } from "./client";
import { MigrationLockError, migrate } from "./migrate";

const { pool, url } = await testDatabase();

async function empty(): Promise<void> {
  await pool`drop schema public cascade`;
  await pool`drop schema drizzle cascade`;
  await pool`create schema public`;
}

test("concurrent starts migrate an empty database once", async () => {
  await empty();

  await Promise.all([migrate(url), migrate(url), migrate(url)]);

  const [tables] = await pool<{ n: number }[]>`select count(*)::int as n from api_keys`;
  const [applied] = await pool<{ n: number; names: number }[]>`
    select count(*)::int as n, count(distinct hash)::int as names from drizzle.__drizzle_migrations`;
  expect(tables?.n).toBe(0);
  expect(applied?.n).toBe(applied?.names);
  expect(applied?.n).toBeGreaterThan(0);
});

test("migrating an up-to-date database changes nothing", async () => {
  await pool`insert into environments (name) values ('kept')`;
  await migrate(url);
  const rows = await pool<{ name: string }[]>`select name from environments`;
  expect([...rows]).toEqual([{ name: "kept" }]);
});

test("waiting for a lock that is never released ends, and the message names the session", async () => {
  const holder = openPool(url, 1);
  // The lock of a session, as a start of an earlier version leaves it behind a pooler.
  const [held] = await holder<{ pid: number }[]>`select pg_backend_pid() as pid, pg_advisory_lock(5281932)`;
  const waits: string[] = [];
  const onWait = (message: string) => waits.push(message);

  // Up to date: the lock is not needed.
  await migrate(url, { maxWaitMs: 600, onWait });
  expect(waits).toEqual([]);

  await empty();
  const failed = await migrate(url, { maxWaitMs: 600, onWait }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(MigrationLockError);
  expect(String(failed)).toContain(`select pg_terminate_backend(${held?.pid})`);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toMatch(new RegExp(`^Waiting for session ${held?.pid} \\(.*from 127\\.0\\.0\\.1`));

  const waiting = migrate(url, { maxWaitMs: 30_000 });
  await holder.end({ timeout: 1 });
  await waiting;
  expect((await pool`select 1 from drizzle.__drizzle_migrations`).length).toBeGreaterThan(0);
});
