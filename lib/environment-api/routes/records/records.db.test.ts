import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import {
  makeTestConnection,
  makeTestIntegration,
  type TestConnection,
} from "@/e2e/fixtures/synced-connection";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";
import { recordDtoSchema } from "./record-dto";

const { db, pool, masterKey, environment, call, keyWith } = await testApi();
const environmentId = environment.id;
const { secret } = await keyWith("environment:records:read", "environment:records:write");
const integration = await makeTestIntegration(db, masterKey, environmentId);
let connection: TestConnection;

const named = (key = secret) => ({
  ...bearer(key),
  "connection-id": connection.connectionId,
  "provider-config-key": connection.providerConfigKey,
});

const list = (query: string) => call(`/records?${query}`, { headers: named() });

const responseSchema = z.strictObject({
  records: z.array(recordDtoSchema),
  next_cursor: z.string().nullable(),
});

async function read(query = "") {
  const response = await list(`model=Issue&${query}`);
  expect(response.status).toBe(200);
  return responseSchema.parse(response.body);
}

const idsOf = async (query = "") => (await read(query)).records.map(({ id }) => id);

const prune = (body: object) =>
  call("/records/prune", {
    method: "PATCH",
    headers: { ...named(), "content-type": "application/json" },
    body: JSON.stringify({ model: "Issue", ...body }),
  });

const save = (ids: string[], revision: number, model = "Issue", deleted: string[] = []) =>
  saveRecords(db, {
    environmentId,
    connectionId: connection.row,
    model,
    records: ids.map((id) => ({ id, revision })),
    deleted,
  });

beforeEach(async () => {
  connection = await makeTestConnection(db, masterKey, environmentId, integration);
});

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
    const response = await call("/records?model=Issue", { headers: named(stranger.secret) });
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
      const headers = Object.fromEntries(Object.entries(named()).filter(([name]) => name !== missing));
      const without = await call("/records?model=Issue", { headers });
      expect(without).toMatchObject({ status: 400, body: { error: { code: "invalid_headers" } } });
      const unknown = await call("/records?model=Issue", { headers: { ...named(), [missing]: "none" } });
      expect(unknown).toMatchObject({ status: 400, body: { error: { code: "unknown_connection" } } });
    }
  });
});

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
        await pool`select data from records where connection_id = ${connection.row} order by updated_at`,
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
