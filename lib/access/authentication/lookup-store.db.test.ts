import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import { afterAll, expect, test } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { hashKeyHex } from "@/lib/access/api-keys/hash-key";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { UncertainAnswerError } from "@/lib/infrastructure/db/uncertain-answer-error";
import { testDatabase } from "@/lib/testing/database";
import { openKeyReader } from "./key-reader";
import { createKeyLookup } from "./lookup-store";

const { db, pool, url } = await testDatabase();
const key = await makeTestKey(db, randomBytes(32), await makeTestEnvironment(db, false), ["environment:*"]);
const hash = hashKeyHex(key.secret);
const unknownHash = randomBytes(32).toString("hex");

// Names that the schema `fake` has are found there before PostgreSQL's own, on connections with this path.
await pool`create schema fake`;
const fakeUrl = `${url}?search_path=fake,pg_catalog,public`;

const opened: { end: (options: { timeout: number }) => Promise<void> }[] = [];
function open(at: string, prepare: boolean): Sql {
  const sql = openPool(at, 1, { prepare });
  opened.push(sql);
  return sql;
}
afterAll(() => Promise.all(opened.map((sql) => sql.end({ timeout: 1 }))));

test.each([true, false])("finds a key, and null for an unknown one (prepared: %s)", async (prepare) => {
  const lookup = createKeyLookup(databaseFromPool(open(url, prepare)));
  for (let time = 0; time < 2; time += 1) {
    expect(await lookup(hash)).toMatchObject({ keyId: key.id, grants: ["environment:*"], expiresAt: null });
    expect(await lookup(unknownHash)).toBe(null);
  }
});

test("a statement that the session has lost is repeated with the same hash", async () => {
  const sql = open(url, true);
  const lookup = createKeyLookup(databaseFromPool(sql));
  for (let time = 0; time < 3; time += 1) {
    expect(await lookup(hash)).toMatchObject({ keyId: key.id });
    // What another session behind a pooler looks like.
    await sql.unsafe("deallocate all");
  }
});

test("prepares statements only where it was asked for", async () => {
  for (const prepare of [true, false]) {
    const sql = open(url, prepare);
    await createKeyLookup(databaseFromPool(sql))(hash);
    const [row] = await sql.unsafe(
      "select count(*)::int as n from pg_prepared_statements where not from_sql",
    );
    expect(row?.n).toBe(prepare ? 1 : 0);
  }
});

test("an answer that is not certain is neither a key nor null", async () => {
  const lookup = createKeyLookup(databaseFromPool(open(fakeUrl, false)));
  expect(await lookup(hash)).toMatchObject({ keyId: key.id });

  await pool`create function fake.pg_is_in_recovery() returns boolean language sql as 'select true'`;
  await expect(lookup(hash)).rejects.toBeInstanceOf(UncertainAnswerError);
  await expect(lookup(unknownHash)).rejects.toBeInstanceOf(UncertainAnswerError);
  await pool`drop function fake.pg_is_in_recovery()`;

  // Two rows for one hash.
  await pool`create view fake.api_keys as select * from public.api_keys union all select * from public.api_keys`;
  await expect(lookup(hash)).rejects.toBeInstanceOf(UncertainAnswerError);
  await pool`drop view fake.api_keys`;
  expect(await lookup(hash)).toMatchObject({ keyId: key.id });
});

test("any other failure of a read counts as an unreachable database", async () => {
  const reader = openKeyReader(fakeUrl, { prepare: false });
  expect(await reader.read(hash)).toMatchObject({ keyId: key.id });
  expect(await reader.read(unknownHash)).toBe(null);
  await pool`create view fake.api_keys as select 1 as id`;
  await expect(reader.read(hash)).rejects.toSatisfy(isDatabaseUnreachable);
  await pool`drop view fake.api_keys`;
  expect(await reader.read(hash)).toMatchObject({ keyId: key.id });
  await reader.close();
});
