import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "../../e2e/fixtures/api-key";
import { testDatabase } from "../db/test-database";
import { findApiKey } from "./store";
import { writeKeyUses } from "./usage-store";

const { db } = await testDatabase();
const environment = await makeTestEnvironment(db, false);
const key = await makeTestKey(db, randomBytes(32), environment, ["environment:deploy"]);

function use(second: number, status: number, environmentId = environment.id) {
  const lastUse = { method: "GET", route: "/connections", status, client: "curl 8.1", address: "10.0.0.1" };
  return { keyId: key.id, environmentId, at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)), lastUse };
}

async function lastUse() {
  const found = await findApiKey(db, environment.id, key.id);
  return [found?.lastUsedAt, found?.lastUse?.status];
}

it("moves only forward, and only in the key's own environment", async () => {
  await writeKeyUses(db, []);
  await writeKeyUses(db, [use(30, 200)]);
  expect(await lastUse()).toEqual(["2026-01-01T00:00:30.000Z", 200]);
  await writeKeyUses(db, [use(10, 500)]);
  expect(await lastUse()).toEqual(["2026-01-01T00:00:30.000Z", 200]);
  await writeKeyUses(db, [use(50, 500, environment.id + 1)]);
  expect(await lastUse()).toEqual(["2026-01-01T00:00:30.000Z", 200]);
  await writeKeyUses(db, [use(40, 403), { ...use(40, 200), keyId: key.id + 1000 }]);
  expect(await lastUse()).toEqual(["2026-01-01T00:00:40.000Z", 403]);
});

it("does not deadlock when two processes write the same keys in opposite order", async () => {
  const others = await Promise.all(
    Array.from({ length: 20 }, () => makeTestKey(db, randomBytes(32), environment, ["environment:deploy"])),
  );
  const uses = others.map(({ id }) => ({ ...use(59, 200), keyId: id }));
  await Promise.all(
    Array.from({ length: 20 }, (_, round) =>
      writeKeyUses(
        db,
        (round % 2 === 0 ? uses : uses.toReversed()).map((entry) => ({
          ...entry,
          at: new Date(entry.at.getTime() + round),
        })),
      ),
    ),
  );
  const [first] = others;
  expect((await findApiKey(db, environment.id, first?.id ?? 0))?.lastUsedAt).toBe("2026-01-01T00:00:59.019Z");
});
