import { randomBytes } from "node:crypto";
import type postgres from "postgres";
import { afterAll, inject } from "vitest";
import { type Database, databaseFromPool, openPool } from "@/lib/infrastructure/db/client";

export type TestDatabase = {
  readonly db: Database;
  /** The connection pool of `db`, for plain SQL. */
  readonly pool: postgres.Sql;
  readonly url: string;
};

/**
 * Creates a migrated, empty database for this test file and drops it after the file's tests. Call it at the
 * top of a `*.db.test.ts` file or in its `beforeAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { server, template } = inject("testPostgres");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const admin = openPool(server, 1);
  await admin`create database ${admin(name)} template ${admin(template)}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = openPool(url.href, 10);
  afterAll(async () => {
    await pool.end({ timeout: 5 });
    await admin`drop database ${admin(name)} with (force)`;
    await admin.end({ timeout: 5 });
  });
  return { db: databaseFromPool(pool), pool, url: url.href };
}
