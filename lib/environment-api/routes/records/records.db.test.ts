import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";

import { testRecords } from "@/lib/testing/records";

const { call, db, idsOf, list, masterKey, connectionHeaders, read, save } = await testRecords();

describe("GET /records", () => {
  it("returns each record with its metadata", async () => {
    await save(["a"], 1);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    const { records, next_cursor } = await read();
    expect(next_cursor).toBeNull();
    expect(records).toEqual([
      {
        id: "a",
        revision: 1,
        _nango_metadata: {
          first_seen_at: time,
          last_modified_at: time,
          last_action: "ADDED",
          deleted_at: null,
          pruned_at: null,
          cursor: expect.any(String),
        },
      },
    ]);
    const [metadata] = records.map(({ _nango_metadata }) => _nango_metadata);
    expect(atob(metadata?.cursor ?? "")).toMatch(
      new RegExp(`^${metadata?.last_modified_at}\\|\\|[0-9a-f-]{36}$`),
    );
  });

  it("filters by last action in any letter case, ids and time, with pages", async () => {
    await save(["a", "b", "c", "d"], 1);
    const middle = (await read("limit=2")).records.at(-1)?._nango_metadata.last_modified_at;
    await save(["b"], 2, "Issue", ["c"]);
    expect(await idsOf()).toEqual(["a", "d", "b", "c"]);
    expect(await idsOf("filter=added")).toEqual(["a", "d"]);
    expect(await idsOf("filter=Updated,DELETED")).toEqual(["b", "c"]);
    expect(await idsOf("filter=deleted")).toEqual(["c"]);
    expect(await idsOf("ids=a")).toEqual(["a"]);
    expect(await idsOf("ids=a&ids=c&ids=nothing")).toEqual(["a", "c"]);
    expect(await idsOf(`modified_after=${middle}`)).toEqual(["d", "b", "c"]);
    expect(await idsOf(`delta=${middle}&filter=added`)).toEqual(["d"]);

    const first = await read("limit=1&filter=added");
    expect(first.records.map(({ id }) => id)).toEqual(["a"]);
    const second = await read(`limit=1&filter=added&cursor=${first.next_cursor}`);
    expect([second.records.map(({ id }) => id), second.next_cursor]).toEqual([["d"], null]);
  });

  it("ends without a next cursor when the last page is full", async () => {
    await save(["a", "b", "c", "d"], 1);
    const first = await read("limit=2");
    const second = await read(`limit=2&cursor=${first.next_cursor}`);
    expect([second.records.length, second.next_cursor]).toEqual([2, null]);
    expect((await read("limit=4")).next_cursor).toBeNull();
  });

  it("keeps models, variants, connections and environments apart", async () => {
    await save(["base"], 1);
    await save(["eu"], 1, "Issue::eu");
    await save(["other"], 1, "Label");
    expect(await idsOf()).toEqual(["base"]);
    expect(await idsOf("variant=base")).toEqual(["base"]);
    expect(await idsOf("variant=eu")).toEqual(["eu"]);
    expect(await idsOf("variant=us")).toEqual([]);
    expect((await list("model=Nothing")).body).toEqual({ records: [], next_cursor: null });

    const elsewhere = await makeTestEnvironment(db, false);
    const stranger = await makeTestKey(db, masterKey, elsewhere, ["environment:*"]);
    const response = await call("/records?model=Issue", { headers: connectionHeaders(stranger.secret) });
    expect(response).toMatchObject({ status: 400, body: { error: { code: "unknown_connection" } } });
  });

  it.each([
    [""],
    ["model=issue"],
    ["model=I"],
    ["model=Issue&limit=0"],
    ["model=Issue&limit=10001"],
    ["model=Issue&limit=1.5"],
    ["model=Issue&limit=-1"],
    ["model=Issue&limit=1&limit=2"],
    ["model=Issue&filter="],
    ["model=Issue&filter=added,gone"],
    ["model=Issue&cursor="],
    ["model=Issue&cursor=bm9uc2Vuc2U="],
    [`model=Issue&cursor=${"a".repeat(1001)}`],
    ["model=Issue&ids="],
    [`model=Issue&${Array.from({ length: 101 }, (_, n) => `ids=${n}`).join("&")}`],
    [`model=Issue&ids=${"a".repeat(257)}`],
    ["model=Issue&modified_after=yesterday"],
    ["model=Issue&modified_after=2001-01-01T00:00:00Z"],
    ["model=Issue&modified_after=2026-02-30T00:00:00Z"],
    [`model=Issue&modified_after=2999-01-01T00:00:00.${"1".repeat(200)}Z`],
    ["model=Issue&variant=a%20b"],
    ["model=Issue&more=1"],
  ])("rejects ?%s", async (query) => {
    expect(await list(query)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_query_params" } },
    });
  });

  it("accepts a time within the last twelve months, and none before", async () => {
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    expect((await list(`model=Issue&modified_after=${at(364)}`)).status).toBe(200);
    expect((await list(`model=Issue&modified_after=${at(367)}`)).status).toBe(400);
  });

  it("requires the headers of a connection, and that the connection exists", async () => {
    for (const missing of ["connection-id", "provider-config-key"]) {
      const headers = Object.fromEntries(
        Object.entries(connectionHeaders()).filter(([name]) => name !== missing),
      );
      const without = await call("/records?model=Issue", { headers });
      expect(without).toMatchObject({ status: 400, body: { error: { code: "invalid_headers" } } });
      const unknown = await call("/records?model=Issue", {
        headers: { ...connectionHeaders(), [missing]: "none" },
      });
      expect(unknown).toMatchObject({ status: 400, body: { error: { code: "unknown_connection" } } });
    }
  });
});
