import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { testDatabase } from "@/lib/testing/database";
import { sealVariable, unsealVariable } from "./secret";
import {
  countVariables,
  deleteVariableRow,
  findSealedVariable,
  insertVariable,
  listSealedVariables,
  listVariables,
  nextVariableId,
  updateVariableValue,
} from "./store";

const { db } = await testDatabase();
const masterKey = randomBytes(32);

async function add(environmentId: number, name: string, value: string) {
  const id = await nextVariableId(db);
  return insertVariable(db, environmentId, { id, name, sealed: sealVariable(masterKey, id, value) });
}

it("stores values sealed, lists names without them, and separates environments", async () => {
  const environment = await makeTestEnvironment(db, false);
  const otherEnvironment = await makeTestEnvironment(db, false);
  const added = await add(environment.id, "TOKEN", "hush");
  if (added === null) throw new Error("The variable was not added");
  expect(await add(environment.id, "TOKEN", "other")).toBeNull();
  expect(await add(otherEnvironment.id, "TOKEN", "theirs")).toMatchObject({ name: "TOKEN" });
  await add(environment.id, "A", "first");

  expect((await listVariables(db, environment.id)).map(({ name }) => name)).toEqual(["A", "TOKEN"]);
  expect(JSON.stringify(await listVariables(db, environment.id))).not.toContain("hush");
  expect(await countVariables(db, environment.id)).toBe(2);
  const sealed = await listSealedVariables(db, environment.id);
  expect(sealed.map((row) => unsealVariable(masterKey, row.id, row.sealed))).toEqual(["first", "hush"]);

  expect(await findSealedVariable(db, otherEnvironment.id, added.id)).toBeNull();
  expect(
    await updateVariableValue(db, otherEnvironment.id, added.id, sealVariable(masterKey, added.id, "x")),
  ).toBeNull();
  expect(await deleteVariableRow(db, otherEnvironment.id, added.id)).toBeNull();

  await updateVariableValue(db, environment.id, added.id, sealVariable(masterKey, added.id, "changed"));
  const found = await findSealedVariable(db, environment.id, added.id);
  expect(found && unsealVariable(masterKey, found.id, found.sealed)).toBe("changed");
  expect(await deleteVariableRow(db, environment.id, added.id)).toMatchObject({ name: "TOKEN" });
  expect(await deleteVariableRow(db, environment.id, added.id)).toBeNull();
});
