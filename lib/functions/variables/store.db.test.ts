import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { testDatabase } from "@/lib/testing/database";
import { openVariable, sealVariable } from "./secret";
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

it("keeps values sealed, apart from names, each in its own environment", async () => {
  const here = await makeTestEnvironment(db, false);
  const elsewhere = await makeTestEnvironment(db, false);
  const added = await add(here.id, "TOKEN", "hush");
  if (added === null) throw new Error("not added");
  expect(await add(here.id, "TOKEN", "other")).toBeNull();
  expect(await add(elsewhere.id, "TOKEN", "theirs")).toMatchObject({ name: "TOKEN" });
  await add(here.id, "A", "first");

  expect((await listVariables(db, here.id)).map(({ name }) => name)).toEqual(["A", "TOKEN"]);
  expect(JSON.stringify(await listVariables(db, here.id))).not.toContain("hush");
  expect(await countVariables(db, here.id)).toBe(2);
  const sealed = await listSealedVariables(db, here.id);
  expect(sealed.map((row) => openVariable(masterKey, row.id, row.sealed))).toEqual(["first", "hush"]);

  expect(await findSealedVariable(db, elsewhere.id, added.id)).toBeNull();
  expect(
    await updateVariableValue(db, elsewhere.id, added.id, sealVariable(masterKey, added.id, "x")),
  ).toBeNull();
  expect(await deleteVariableRow(db, elsewhere.id, added.id)).toBeNull();

  await updateVariableValue(db, here.id, added.id, sealVariable(masterKey, added.id, "changed"));
  const found = await findSealedVariable(db, here.id, added.id);
  expect(found && openVariable(masterKey, found.id, found.sealed)).toBe("changed");
  expect(await deleteVariableRow(db, here.id, added.id)).toMatchObject({ name: "TOKEN" });
  expect(await deleteVariableRow(db, here.id, added.id)).toBeNull();
});
