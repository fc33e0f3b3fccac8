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

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
});

async function environment(): Promise<Environment> {
  const name = `t-${randomBytes(6).toString("hex")}`;
  const made = await insertEnvironment(test.db, { name, isProduction: false });
  if (made === null) throw new Error("taken");
  return made;
}

async function variableIn(place: Environment, name = "PAYMENTS_URL") {
  const created = await createVariable(test.db, masterKey, place, actor, { name, value: secret });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

it("a variable is sealed, revealed, changed and deleted, each of them written down without its value", async () => {
  const place = await environment();
  const { id } = await variableIn(place);
  expect(await revealVariable(test.db, masterKey, place, actor, id)).toEqual({ ok: true, value: secret });
  const value = "another-value";
  await replaceVariableValue(test.db, masterKey, place, actor, { id, value });
  expect(await revealVariable(test.db, masterKey, place, actor, id)).toEqual({ ok: true, value });
  const [row] = await test.pool`select value_sealed from environment_variables where id = ${id}`;
  expect(Buffer.from(row?.value_sealed).includes(value)).toBe(false);
  expect(await deleteVariable(test.db, place, actor, id)).toMatchObject({ ok: true });
  expect(await listVariables(test.db, place.id)).toEqual([]);
  const entries = await test.pool`select * from audit_events where environment_id = ${place.id} order by id`;
  expect(entries.map(({ action }) => action)).toEqual([
    "variable.create",
    "variable.reveal",
    "variable.change",
    "variable.reveal",
    "variable.delete",
  ]);
  expect(JSON.stringify(entries)).not.toContain("-value");
});

it("a name is given once in an environment, and again in another", async () => {
  const [place, other] = [await environment(), await environment()];
  const values = { name: "PAYMENTS_URL", value: secret };
  const created = await Promise.all(
    [1, 2, 3].map(() => createVariable(test.db, masterKey, place, actor, values)),
  );
  expect(created.filter(({ ok }) => ok)).toHaveLength(1);
  expect(created.find(({ ok }) => !ok)).toMatchObject({ error: { code: "duplicate_name" } });
  expect(await createVariable(test.db, masterKey, other, actor, values)).toMatchObject({ ok: true });
});

it("another environment's variable is not there", async () => {
  const [place, other] = [await environment(), await environment()];
  const { id } = await variableIn(place);
  const notFound = { ok: false, error: { code: "not_found" } };
  expect(await revealVariable(test.db, masterKey, other, actor, id)).toMatchObject(notFound);
  const change = { id, value: "x" };
  expect(await replaceVariableValue(test.db, masterKey, other, actor, change)).toMatchObject(notFound);
  expect(await deleteVariable(test.db, other, actor, id)).toMatchObject(notFound);
  expect(await revealVariable(test.db, masterKey, place, actor, id)).toEqual({ ok: true, value: secret });
});

it("there is an end to how many an environment holds, also in a race", async () => {
  const place = await environment();
  await test.pool`
    insert into environment_variables (environment_id, name, value_sealed)
    select ${place.id}, 'V_' || n, '\\x00' from generate_series(1, ${maxVariablesPerEnvironment - 1}) n`;
  const created = await Promise.all(
    ["A", "B", "C"].map((name) => createVariable(test.db, masterKey, place, actor, { name, value: secret })),
  );
  expect(created.filter(({ ok }) => ok)).toHaveLength(1);
  expect(created.find(({ ok }) => !ok)).toMatchObject({ error: { code: "too_many_variables" } });
});
