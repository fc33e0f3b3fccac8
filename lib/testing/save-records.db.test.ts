import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { makeTestConnection, makeTestIntegration } from "@/e2e/fixtures/synced-connection";
import { decodeCursor } from "@/lib/functions/records/cursor";
import type { RecordChangeCounts, RecordInput } from "@/lib/functions/records/model";
import { listRecords } from "@/lib/functions/records/store";
import { testDatabase } from "./database";
import { saveRecords } from "./save-records";

const { db, pool } = await testDatabase();
const masterKey = randomBytes(32);
const environmentId = (await makeTestEnvironment(db, false)).id;
const integration = await makeTestIntegration(db, masterKey, environmentId);
const connection = await makeTestConnection(db, masterKey, environmentId, integration);

let models = 0;

/** Returns a record set that has no records yet, and functions for it. */
function newSet() {
  models += 1;
  const set = { connectionRowId: connection.rowId, model: `Model${models}` };
  return {
    set,
    save: async (records: RecordInput[], deleted: string[] = []): Promise<RecordChangeCounts> => {
      const saved = await saveRecords(db, { environmentId, ...set, records, deleted });
      if (!saved.ok) throw new Error(saved.error);
      return saved.value;
    },
    list: () => listRecords(db, environmentId, set, {}, 1000),
  };
}

const counts = (given: Partial<RecordChangeCounts>) => ({
  added: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  ...given,
});

it("inserts, updates, keeps, deletes and restores records, each with its time and last action", async () => {
  const { save, list } = newSet();
  expect(
    await save([
      { id: 1, n: 1 },
      { id: "b", n: 1 },
    ]),
  ).toEqual(counts({ added: 2 }));
  const added = await list();
  expect(added).toMatchObject([
    { externalId: "1", lastAction: "ADDED", data: { id: 1, n: 1 }, deletedAt: null, prunedAt: null },
    { externalId: "b", lastAction: "ADDED" },
  ]);
  expect(added.every(({ firstSeenAt, lastModifiedAt }) => firstSeenAt === lastModifiedAt)).toBe(true);

  expect(
    await save([
      { n: 1, id: 1 },
      { id: "b", n: 2 },
    ]),
  ).toEqual(counts({ updated: 1, unchanged: 1 }));
  const updated = await list();
  expect(updated[0]).toEqual(added[0]);
  expect(updated[1]).toMatchObject({
    id: added[1]?.id,
    externalId: "b",
    lastAction: "UPDATED",
    data: { id: "b", n: 2 },
    firstSeenAt: added[1]?.firstSeenAt,
  });

  expect(await save([], ["1", "no such record"])).toEqual(counts({ deleted: 1 }));
  expect(await save([], ["1"])).toEqual(counts({}));
  const gone = (await list()).at(-1);
  expect(gone).toMatchObject({ externalId: "1", lastAction: "DELETED", data: { id: 1, n: 1 } });
  expect(gone?.deletedAt).toBe(gone?.lastModifiedAt);

  expect(await save([{ id: 1, n: 1 }])).toEqual(counts({ added: 1 }));
  expect((await list()).at(-1)).toMatchObject({ externalId: "1", lastAction: "ADDED", deletedAt: null });
});

it("stores the last of two records with the same id, and gives a deletion precedence", async () => {
  const { save, list } = newSet();
  await save([{ id: "a", n: 1 }, { id: "a", n: 2 }, { id: "b" }]);
  expect(await list()).toMatchObject([{ data: { n: 2 } }, { externalId: "b" }]);
  expect(await save([{ id: "b", n: 9 }], ["b"])).toEqual(counts({ deleted: 1 }));
});

it("gives each change of a set a later microsecond, in the order given", async () => {
  const { save, list } = newSet();
  const ids = Array.from({ length: 500 }, (_, n) => `r${n}`);
  await save(ids.map((id) => ({ id })));
  await save(
    ids.slice(0, 100).map((id) => ({ id, again: true })),
    ids.slice(100, 150),
  );
  const found = await list();
  const times = found.map(({ lastModifiedAt }) => lastModifiedAt);
  expect(new Set(times).size).toBe(500);
  expect(times.toSorted()).toEqual(times);
  expect(times.every((at) => decodeCursor(btoa(`${at}||${found[0]?.id}`)) !== null)).toBe(true);
  expect(found.map(({ externalId }) => externalId)).toEqual([
    ...ids.slice(150),
    ...ids.slice(0, 100),
    ...ids.slice(100, 150),
  ]);
});

it("assigns later times when the clock has stepped back before the latest change", async () => {
  const { save, set, list } = newSet();
  await save([{ id: "a" }]);
  await pool`update records set updated_at = now() + interval '1 hour' where model = ${set.model}`;
  const [future] = await list();
  await save([{ id: "b" }]);
  const after = await list();
  expect(after.map(({ externalId }) => externalId)).toEqual(["a", "b"]);
  expect((after[1]?.lastModifiedAt ?? "") > (future?.lastModifiedAt ?? "")).toBe(true);
});

it("commits in the order of the lock: no change gets a time before one that is already visible", async () => {
  const { save, set, list } = newSet();
  // The first writer holds the lock and has not committed when the second one starts.
  const first = await pool.reserve();
  await first`begin`;
  await first`select pg_advisory_xact_lock(hashtextextended(${`records:${set.connectionRowId}:${set.model}`}, 0))`;
  const second = save([{ id: "second" }]);
  await expect
    .poll(async () => (await pool`select 1 from pg_locks where locktype = 'advisory' and not granted`).length)
    .toBe(1);
  await first`insert into records (environment_id, connection_id, model, external_id, data, last_action, first_seen_at, updated_at)
    values (${environmentId}, ${set.connectionRowId}, ${set.model}, 'first', '{}', 'ADDED', clock_timestamp(), clock_timestamp())`;
  expect(await list()).toEqual([]);
  await first`commit`;
  first.release();
  await second;
  expect((await list()).map(({ externalId }) => externalId)).toEqual(["first", "second"]);
});

it("rejects a connection of another environment and a deleted one", async () => {
  const otherEnvironmentId = (await makeTestEnvironment(db, false)).id;
  const changes = { connectionRowId: connection.rowId, model: "Rejected", records: [{ id: 1 }] };
  const rejected = { ok: false, error: "unknown_connection" };
  expect(await saveRecords(db, { environmentId: otherEnvironmentId, ...changes })).toEqual(rejected);
  const gone = await makeTestConnection(db, masterKey, environmentId, integration);
  await pool`update connections set deleted_at = now() where id = ${gone.rowId}`;
  expect(await saveRecords(db, { environmentId, ...changes, connectionRowId: gone.rowId })).toEqual(rejected);
  expect(await pool`select 1 from records where model = 'Rejected'`).toHaveLength(0);
});
