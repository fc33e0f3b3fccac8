import { randomBytes } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { listApiKeys } from "@/lib/access/api-keys/store";
import { createEnvironment } from "@/lib/access/provisioning/create-environment";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { changeEnvironment, deleteEnvironment } from "./lifecycle";
import { listEnvironments } from "./store";

const admin = { kind: "member", name: "admin@latchkey.test", address: null, userAgent: null } as const;
const masterKey = randomBytes(32);

let test: TestDatabase;

beforeEach(async () => {
  test = await testDatabase();
});

async function made(name: string, isProduction = false) {
  const created = await createEnvironment(test.db, masterKey, admin, { name, isProduction });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

async function logged(): Promise<readonly unknown[]> {
  return test.pool`select action, subject_name, detail from audit_events order by id`;
}

it("an environment starts with one Full access key of its kind", async () => {
  const prod = await made("prod", true);
  expect(await listApiKeys(test.db, prod.id)).toMatchObject([
    { displayName: "Default - Full access", grants: ["environment:*"], prefix: "lk_live_" },
  ]);
  expect(await logged()).toMatchObject([
    { action: "environment.create", subject_name: "prod" },
    { action: "api_key.create", subject_name: "Default - Full access" },
  ]);
});

it("a name is given once, also in a race, and to no other environment by a rename", async () => {
  const created = await Promise.all(
    [1, 2, 3].map(() => createEnvironment(test.db, masterKey, admin, { name: "dev", isProduction: false })),
  );
  expect(created.filter(({ ok }) => ok)).toHaveLength(1);
  const qa = await made("qa");
  expect(await changeEnvironment(test.db, admin, qa.id, { name: "dev", isProduction: false })).toMatchObject({
    ok: false,
    error: { code: "duplicate_name", fields: { name: expect.any(String) } },
  });
});

it("a rename and a new flag are one change and two entries; existing keys keep their prefix", async () => {
  const dev = await made("dev");
  const before = (await logged()).length;
  const changed = await changeEnvironment(test.db, admin, dev.id, { name: "live", isProduction: true });
  expect(changed).toEqual({ ok: true, value: { id: dev.id, name: "live", isProduction: true } });
  expect((await logged()).slice(before)).toEqual([
    { action: "environment.change", subject_name: "live", detail: { before: "dev", after: "live" } },
    { action: "environment.change", subject_name: "live", detail: { before: false, after: true } },
  ]);
  expect(await listApiKeys(test.db, dev.id)).toMatchObject([{ prefix: "lk_test_" }]);
});

it("deleting takes the keys along, and one environment remains when two are deleted at once", async () => {
  const [dev, qa] = [await made("dev"), await made("qa")];
  const deleted = await Promise.all([dev, qa].map(({ id }) => deleteEnvironment(test.db, admin, id)));
  expect(deleted.filter(({ ok }) => ok)).toHaveLength(1);
  expect(deleted.find(({ ok }) => !ok)).toMatchObject({ error: { code: "last_environment" } });
  expect(await listEnvironments(test.db)).toHaveLength(1);
  expect(await test.pool`select id from api_keys`).toHaveLength(1);
});
