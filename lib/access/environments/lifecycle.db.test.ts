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

async function makeEnvironment(name: string, isProduction = false) {
  const created = await createEnvironment(test.db, masterKey, admin, { name, isProduction });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

async function readAuditEvents(): Promise<readonly unknown[]> {
  return test.pool`select action, subject_name, detail from audit_events order by id`;
}

it("a new environment has one Full access key with the prefix of its kind", async () => {
  const prod = await makeEnvironment("prod", true);
  expect(await listApiKeys(test.db, prod.id)).toMatchObject([
    { displayName: "Default - Full access", grants: ["environment:*"], prefix: "lk_live_" },
  ]);
  expect(await readAuditEvents()).toMatchObject([
    { action: "environment.create", subject_name: "prod" },
    { action: "api_key.create", subject_name: "Default - Full access" },
  ]);
});

it("names are unique under concurrent creates and renames", async () => {
  const created = await Promise.all(
    [1, 2, 3].map(() => createEnvironment(test.db, masterKey, admin, { name: "dev", isProduction: false })),
  );
  expect(created.filter(({ ok }) => ok)).toHaveLength(1);
  const qa = await makeEnvironment("qa");
  expect(await changeEnvironment(test.db, admin, qa.id, { name: "dev", isProduction: false })).toMatchObject({
    ok: false,
    error: { code: "duplicate_name", fields: { name: expect.any(String) } },
  });
});

it("a new name and a new flag are two audit events; existing keys keep their prefix", async () => {
  const dev = await makeEnvironment("dev");
  const before = (await readAuditEvents()).length;
  const changed = await changeEnvironment(test.db, admin, dev.id, { name: "live", isProduction: true });
  expect(changed).toEqual({ ok: true, value: { id: dev.id, name: "live", isProduction: true } });
  expect((await readAuditEvents()).slice(before)).toEqual([
    { action: "environment.change", subject_name: "live", detail: { before: "dev", after: "live" } },
    { action: "environment.change", subject_name: "live", detail: { before: false, after: true } },
  ]);
  expect(await listApiKeys(test.db, dev.id)).toMatchObject([{ prefix: "lk_test_" }]);
});

it("deleting deletes the keys; the last environment stays, also under concurrency", async () => {
  const [dev, qa] = [await makeEnvironment("dev"), await makeEnvironment("qa")];
  const deleted = await Promise.all([dev, qa].map(({ id }) => deleteEnvironment(test.db, admin, id)));
  expect(deleted.filter(({ ok }) => ok)).toHaveLength(1);
  expect(deleted.find(({ ok }) => !ok)).toMatchObject({ error: { code: "last_environment" } });
  expect(await listEnvironments(test.db)).toHaveLength(1);
  expect(await test.pool`select id from api_keys`).toHaveLength(1);
});
