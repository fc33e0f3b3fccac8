import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { migrate } from "./migrate";

const { pool, url } = await testDatabase();

test("concurrent starts migrate an empty database once", async () => {
  await pool`drop schema public cascade`;
  await pool`drop schema drizzle cascade`;
  await pool`create schema public`;

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
