import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { Environment } from "@/lib/access/environments/model";
import { insertEnvironment } from "@/lib/access/environments/store";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createVariable, deleteVariable, replaceVariableValue, revealVariable } from "./lifecycle";
import { maxVariablesPerEnvironment } from "./model";
import { listVariables } from "./store";

const actor = { kind: "member", name: "admin@latchkey.test", address: null, userAgent: null } as const;
const masterKey = randomBytes(32);
const secret = "s3cret-value";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

async function createEnvironment(): Promise<Environment> {
  const name = `t-${randomBytes(6).toString("hex")}`;
  const environment = await insertEnvironment(database.db, { name, isProduction: false });
  if (environment === null) throw new Error("The name is taken");
  return environment;
}

async function createTestVariable(environment: Environment, name = "PAYMENTS_URL") {
  const created = await createVariable(database.db, masterKey, environment, actor, { name, value: secret });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

it("seals, reveals, changes and deletes a variable, and audits each without the value", async () => {
  const environment = await createEnvironment();
  const { id } = await createTestVariable(environment);
  expect(await revealVariable(database.db, masterKey, environment, actor, id)).toEqual({
    ok: true,
    value: secret,
  });
  const value = "another-value";
  await replaceVariableValue(database.db, masterKey, environment, actor, { id, value });
  expect(await revealVariable(database.db, masterKey, environment, actor, id)).toEqual({ ok: true, value });
  const [row] = await database.pool`select value_sealed from environment_variables where id = ${id}`;
  expect(Buffer.from(row?.value_sealed).includes(value)).toBe(false);
  expect(await deleteVariable(database.db, environment, actor, id)).toMatchObject({ ok: true });
  expect(await listVariables(database.db, environment.id)).toEqual([]);
  const auditEvents =
    await database.pool`select * from audit_events where environment_id = ${environment.id} order by id`;
  expect(auditEvents.map(({ action }) => action)).toEqual([
    "variable.create",
    "variable.reveal",
    "variable.change",
    "variable.reveal",
    "variable.delete",
  ]);
  expect(JSON.stringify(auditEvents)).not.toContain("-value");
});

it("keeps names unique within an environment, and allows the same name in another", async () => {
  const [environment, other] = [await createEnvironment(), await createEnvironment()];
  const values = { name: "PAYMENTS_URL", value: secret };
  const created = await Promise.all(
    [1, 2, 3].map(() => createVariable(database.db, masterKey, environment, actor, values)),
  );
  expect(created.filter(({ ok }) => ok)).toHaveLength(1);
  expect(created.find(({ ok }) => !ok)).toMatchObject({ error: { code: "duplicate_name" } });
  expect(await createVariable(database.db, masterKey, other, actor, values)).toMatchObject({ ok: true });
});

it("does not find the variable of another environment", async () => {
  const [environment, other] = [await createEnvironment(), await createEnvironment()];
  const { id } = await createTestVariable(environment);
  const notFound = { ok: false, error: { code: "not_found" } };
  expect(await revealVariable(database.db, masterKey, other, actor, id)).toMatchObject(notFound);
  const change = { id, value: "x" };
  expect(await replaceVariableValue(database.db, masterKey, other, actor, change)).toMatchObject(notFound);
  expect(await deleteVariable(database.db, other, actor, id)).toMatchObject(notFound);
  expect(await revealVariable(database.db, masterKey, environment, actor, id)).toEqual({
    ok: true,
    value: secret,
  });
});

it("limits the number of variables per environment, also for concurrent requests", async () => {
  const environment = await createEnvironment();
  await database.pool`
    insert into environment_variables (environment_id, name, value_sealed)
    select ${environment.id}, 'V_' || n, '\\x00' from generate_series(1, ${maxVariablesPerEnvironment - 1}) n`;
  const created = await Promise.all(
    ["A", "B", "C"].map((name) =>
      createVariable(database.db, masterKey, environment, actor, { name, value: secret }),
    ),
  );
  expect(created.filter(({ ok }) => ok)).toHaveLength(1);
  expect(created.find(({ ok }) => !ok)).toMatchObject({ error: { code: "too_many_variables" } });
});
