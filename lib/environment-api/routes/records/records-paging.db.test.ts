import { setImmediate as soon } from "node:timers/promises";
import { expect, it } from "vitest";
import { z } from "zod";
import { makeTestConnection, makeTestIntegration } from "@/e2e/fixtures/synced-connection";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";
import { recordDtoSchema } from "./record-dto";

/*
 * Reads 10,000 records in pages of 100 while two writers change them. "Exactly once" means: every record is
 * read; the last version that was read of each is the one stored in the end; and no record is returned twice
 * at the same cursor. A record that changes after it was read is returned again, later, at a newer cursor.
 */

const { db, masterKey, environment, call, keyWith } = await testApi();
const integration = await makeTestIntegration(db, masterKey, environment.id);
const connection = await makeTestConnection(db, masterKey, environment.id, integration);
const { secret } = await keyWith("environment:records:read");

const total = 10_000;
const ids = Array.from({ length: total }, (_, n) => `record-${n}`);
const responseSchema = z.strictObject({
  records: z.array(recordDtoSchema),
  next_cursor: z.string().nullable(),
});

async function readPage(cursor: string | null, limit = 100) {
  const query = new URLSearchParams({ model: "Issue", limit: String(limit), ...(cursor && { cursor }) });
  const response = await call(`/records/?${query}`, {
    headers: {
      ...bearer(secret),
      "connection-id": connection.connectionId,
      "provider-config-key": connection.providerConfigKey,
    },
  });
  expect(response.status).toBe(200);
  return responseSchema.parse(response.body);
}

async function write(revision: string, chosen: readonly string[]): Promise<number> {
  const saved = await saveRecords(db, {
    environmentId: environment.id,
    connectionRowId: connection.rowId,
    model: "Issue",
    records: chosen.map((id) => ({ id, revision })),
  });
  if (!saved.ok) throw new Error(saved.error);
  return saved.value.added + saved.value.updated;
}

/** Returns every seventh id from `start` on, so that the two writers change the same records. */
function scattered(start: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => ids[(start + n * 7) % total] ?? "");
}

it("pages through 10,000 changing records without missing or repeating one", async () => {
  expect(await write("first", ids)).toBe(total);

  let writing = true;
  let changes = 0;
  async function writer(name: string, start: number): Promise<void> {
    for (let batch = 0; writing; batch += 1) {
      changes += await write(`${name} ${batch}`, scattered(start + batch * 611, 60));
    }
  }
  const writers = [writer("left", 0), writer("right", 5)];
  /** Waits for a write, so that at least one happens between two pages even when the writers are slow. */
  async function anotherChange(): Promise<void> {
    const before = changes;
    while (writing && changes === before) await soon();
  }

  const seen: { id: string; cursor: string; at: string; revision: unknown }[] = [];
  const read = (records: z.infer<typeof responseSchema>["records"]) => {
    for (const { id, revision, _nango_metadata: metadata } of records) {
      seen.push({ id, cursor: metadata.cursor, at: metadata.last_modified_at, revision });
    }
  };

  const alreadyRead = () => seen.slice(0, 20).map(({ id }) => id);

  let cursor: string | null = null;
  let pages = 0;
  do {
    await anotherChange();
    const page: z.infer<typeof responseSchema> = await readPage(cursor);
    read(page.records);
    cursor = page.next_cursor;
    pages += 1;
    // A record that changes after it was read must be returned again.
    if (pages === 40) expect(await write("late", alreadyRead())).toBe(20);
    if (pages === 80) {
      writing = false;
      await Promise.all(writers);
    }
    if (cursor !== null) expect(page.records).toHaveLength(100);
  } while (cursor !== null);

  expect(pages).toBeGreaterThanOrEqual(100);
  expect(changes).toBeGreaterThan(1000);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(total);
  expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(seen.length);
  const times = seen.map(({ at }) => at);
  expect(times.toSorted()).toEqual(times);

  const stored = (await readPage(null, total)).records;
  expect(stored).toHaveLength(total);
  const last = new Map(seen.map(({ id, revision, cursor }) => [id, { revision, cursor }]));
  const missed = stored.filter(({ id, revision, _nango_metadata: { cursor } }) => {
    const lastRead = last.get(id);
    return lastRead?.revision !== revision || lastRead?.cursor !== cursor;
  });
  expect(missed).toEqual([]);
  for (const id of alreadyRead()) {
    expect(seen.filter((record) => record.id === id).length).toBeGreaterThan(1);
  }

  // Clients store the cursor of the last record: it returns no records now, and later the next change.
  const kept = seen.at(-1)?.cursor ?? "";
  expect(await readPage(kept)).toEqual({ records: [], next_cursor: null });
  await write("after all", ["record-5"]);
  expect((await readPage(kept)).records).toMatchObject([{ id: "record-5", revision: "after all" }]);
}, 60_000);
