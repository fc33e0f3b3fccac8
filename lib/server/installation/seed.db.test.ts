import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { listApiKeys } from "@/lib/access/api-keys/store";
import { listEnvironments } from "@/lib/access/environments/store";
import { testDatabase } from "@/lib/testing/database";
import { matchesMasterKey } from "./master-key-check";
import { seed } from "./seed";
import { findMasterKeyCheck } from "./store";

const { db, pool } = await testDatabase();
const masterKey = randomBytes(32);

test("concurrent starts seed a new database once", async () => {
  await Promise.all([seed(db, masterKey), seed(db, masterKey), seed(db, masterKey)]);

  const environments = await listEnvironments(db);
  expect(environments).toMatchObject([
    { name: "dev", isProduction: false },
    { name: "prod", isProduction: true },
  ]);
  for (const { id } of environments) {
    expect(await listApiKeys(db, id)).toMatchObject([
      { displayName: "Default - Full access", grants: ["environment:*"], createdBy: "system" },
    ]);
  }
  const check = await findMasterKeyCheck(db);
  expect(check !== null && matchesMasterKey(masterKey, check)).toBe(true);
  expect(check !== null && matchesMasterKey(randomBytes(32), check)).toBe(false);
});

test("a deleted environment stays deleted", async () => {
  await pool`delete from environments where name = 'dev'`;
  await seed(db, masterKey);
  expect((await listEnvironments(db)).map(({ name }) => name)).toEqual(["prod"]);
});
