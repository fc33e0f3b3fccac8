import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditEvents } from "@/drizzle/schema/audit";
import { testDatabase } from "@/lib/testing/database";
import { databaseFromPool, openPool } from "./client";
import { isDatabaseReadOnly } from "./database-read-only";
import { isDatabaseUnreachable } from "./database-unreachable";
import { createResettablePool } from "./resettable-pool";

const { url } = await testDatabase();
const pool = createResettablePool(() => openPool(url, 2));
const db = databaseFromPool(pool.sql);
afterAll(() => pool.sql.end({ timeout: 5 }));

test("a reset fails queries in flight as unreachable, and the next query succeeds", async () => {
  const inFlight = db.execute(sql`select pg_sleep(600)`);
  const failed = expect(inFlight).rejects.toSatisfy(isDatabaseUnreachable);
  await db.execute(sql`select 1`);
  pool.reset();
  await failed;
  expect(await db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

test("a pool parses times the same way after a reset, in transactions too", async () => {
  const at = new Date("2026-11-24T12:00:00.000Z");
  const values = { at, action: "sign_in.success", actorKind: "system", actorName: "test" } as const;
  await db.insert(auditEvents).values(values);
  pool.reset();
  const read = await db.transaction((tx) => tx.select({ at: auditEvents.at }).from(auditEvents));
  expect(read).toEqual([{ at }]);
});

const values = { action: "sign_in.success", actorKind: "system", actorName: "test" } as const;

test.each([
  ["after a call", () => db.insert(auditEvents).values(values), () => pool.replaceWhenWritable()],
  [
    "after a rejected transaction",
    () => db.transaction((tx) => tx.insert(auditEvents).values(values)),
    () => {},
  ],
])(
  "a pool that became read-only is replaced once the database accepts writes, %s",
  async (_, write, call) => {
    const admin = openPool(url, 1);
    const name = new URL(url).pathname.slice(1);
    await admin`alter database ${admin(name)} set default_transaction_read_only = on`;
    // Its connections are opened while the database is read-only, and stay so.
    pool.reset();
    await expect(write()).rejects.toSatisfy(isDatabaseReadOnly);
    call();
    call();
    await admin`alter database ${admin(name)} reset default_transaction_read_only`;
    await expect(write()).rejects.toSatisfy(isDatabaseReadOnly);

    const slow = db.execute(sql`select pg_sleep(2), 1 as one`);
    const outcome = () =>
      write().then(
        () => "written",
        () => "rejected",
      );
    await expect.poll(outcome, { timeout: 10_000 }).toBe("written");
    // A query that was in flight on a replaced connection finishes.
    expect(await slow).toMatchObject([{ one: 1 }]);
    await admin.end({ timeout: 1 });
  },
);
