import { describe, expect, it } from "vitest";

import { testRecords } from "@/lib/testing/records";

const { connection, pool, prune, read, save } = await testRecords();

describe("PATCH /records/prune", () => {
  it("deletes payloads up to and including the cursor, and keeps order and metadata", async () => {
    await save(["a", "b", "c"], 1);
    const before = await read();
    const until_cursor = before.records[1]?._nango_metadata.cursor;
    expect((await prune({ until_cursor })).body).toEqual({ count: 2, has_more: false });
    const after = await read();
    expect(after.records.map(({ _nango_metadata, ...data }) => data)).toEqual([
      { id: "a" },
      { id: "b" },
      { id: "c", revision: 1 },
    ]);
    const withoutPrunedAt = ({ records }: typeof after) =>
      records.map(({ _nango_metadata: { pruned_at, ...rest } }) => rest);
    expect(withoutPrunedAt(after)).toEqual(withoutPrunedAt(before));
    expect(after.records.map(({ _nango_metadata: { pruned_at } }) => pruned_at === null)).toEqual([
      false,
      false,
      true,
    ]);
    expect((await prune({ until_cursor })).body).toEqual({ count: 0, has_more: false });
    expect(
      JSON.stringify(
        await pool`select data from records where connection_id = ${connection().rowId} order by updated_at`,
      ),
    ).toBe('[{"data":null},{"data":null},{"data":{"id":"c","revision":1}}]');
  });

  it("prunes at most the limit per call until the cursor is reached", async () => {
    await save(["a", "b", "c", "d", "e"], 1);
    const until_cursor = (await read()).records.at(-1)?._nango_metadata.cursor;
    const rounds: unknown[] = [];
    for (let n = 0; n < 3; n += 1) rounds.push((await prune({ until_cursor, limit: 2 })).body);
    expect(rounds).toEqual([
      { count: 2, has_more: true },
      { count: 2, has_more: true },
      { count: 1, has_more: false },
    ]);
  });

  it("skips records that changed since the cursor, and returns a new payload as an update", async () => {
    await save(["a", "b"], 1);
    const until_cursor = (await read()).records.at(-1)?._nango_metadata.cursor;
    await save(["b"], 2);
    // The record at the cursor has moved past it, so has_more asks for one more call.
    expect((await prune({ until_cursor })).body).toEqual({ count: 1, has_more: true });
    expect((await prune({ until_cursor })).body).toEqual({ count: 0, has_more: false });
    await save(["a"], 1);
    expect((await read()).records).toMatchObject([
      { id: "b", revision: 2 },
      { id: "a", revision: 1, _nango_metadata: { last_action: "UPDATED", pruned_at: null } },
    ]);
  });

  it("prunes only the given model and variant", async () => {
    await save(["a"], 1);
    await save(["a"], 1, "Issue::eu");
    const cursor = (await read("variant=eu")).records[0]?._nango_metadata.cursor;
    expect((await prune({ until_cursor: cursor, variant: "eu" })).body).toEqual({
      count: 1,
      has_more: false,
    });
    expect((await read()).records).toMatchObject([{ id: "a", revision: 1 }]);
  });

  it.each([
    [{}],
    [{ until_cursor: "" }],
    [{ until_cursor: "nonsense" }],
    [{ until_cursor: 5 }],
    [{ until_cursor: btoa("2026-01-01T00:00:00.000000Z||0a0b0c0d-1111-4222-8333-444455556666"), limit: 0 }],
    [{ until_cursor: btoa("2026-01-01T00:00:00.000000Z||0a0b0c0d-1111-4222-8333-444455556666"), limit: 1.5 }],
    [{ until_cursor: btoa("2026-01-01T00:00:00.000000Z||0a0b0c0d-1111-4222-8333-444455556666"), model: "x" }],
    [{ until_cursor: btoa("2026-01-01T00:00:00.000000Z||0a0b0c0d-1111-4222-8333-444455556666"), more: 1 }],
  ])("rejects %j and prunes nothing", async (body) => {
    await save(["a"], 1);
    expect(await prune(body)).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
    expect((await read()).records).toMatchObject([{ id: "a", revision: 1 }]);
  });
});
