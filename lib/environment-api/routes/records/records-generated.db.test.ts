import fc from "fast-check";
import { expect, it } from "vitest";
import { makeTestConnection, makeTestIntegration } from "@/e2e/fixtures/synced-connection";
import { encodeCursor } from "@/lib/functions/records/cursor";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { saveRecords } from "@/lib/testing/save-records";

/* No input to the two record routes causes a 500, and a rejected request changes no row. */

const { db, pool, masterKey, environment, call, keyWith } = await testApi();
const { secret } = await keyWith("environment:records:read", "environment:records:write");
const integration = await makeTestIntegration(db, masterKey, environment.id);
const connection = await makeTestConnection(db, masterKey, environment.id, integration);
await saveRecords(db, {
  environmentId: environment.id,
  connectionRowId: connection.rowId,
  model: "Issue",
  records: Array.from({ length: 20 }, (_, id) => ({ id, kept: true })),
});

const headers = {
  ...bearer(secret),
  "content-type": "application/json",
  "connection-id": connection.connectionId,
  "provider-config-key": connection.providerConfigKey,
};

const number = (digits: number) =>
  fc.integer({ min: 0, max: 10 ** digits - 1 }).map((n) => String(n).padStart(digits, "0"));
const time = fc
  .tuple(number(4), number(2), number(2), number(2), number(2), number(2), number(6))
  .map(
    ([year, month, day, hour, minute, second, micros]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}.${micros}Z`,
  );
const text = fc.string({ unit: "binary", maxLength: 40 });
const cursor = fc.record({ at: fc.oneof(time, text), id: fc.oneof(fc.uuid(), text) }).map(encodeCursor);
const value = fc.oneof(
  text,
  time,
  cursor,
  fc.integer().map(String),
  fc.constantFrom("Issue", "added", "-0", "1e3"),
);

it("listing answers any query with 200 or 400", async () => {
  const names = fc.constantFrom(
    "model",
    "variant",
    "modified_after",
    "delta",
    "limit",
    "filter",
    "cursor",
    "ids",
    "x[y]",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, value), { maxLength: 6 }), async (pairs) => {
      const query = new URLSearchParams([["model", "Issue"], ...pairs]);
      const response = await call(`/records?${query}`, { headers });
      expect([200, 400]).toContain(response.status);
    }),
    { numRuns: 300 },
  );
}, 60_000);

it("pruning answers any body with 200 or 400, and changes no row on 400", async () => {
  const any = fc.oneof(value, fc.integer(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));
  const body = fc.record(
    { model: fc.oneof(fc.constant("Issue"), any), until_cursor: any, limit: any, variant: any, more: any },
    { requiredKeys: ["model", "until_cursor"] },
  );
  const rows = () =>
    pool`select external_id, data, updated_at::text, pruned_at from records order by external_id`;
  const before = JSON.stringify(await rows());
  await fc.assert(
    fc.asyncProperty(body, async (input) => {
      const response = await call("/records/prune", {
        method: "PATCH",
        headers,
        body: JSON.stringify(input),
      });
      expect([200, 400]).toContain(response.status);
      if (response.status === 400) expect(JSON.stringify(await rows())).toBe(before);
      else
        await pool`update records set pruned_at = null, data = jsonb_build_object('id', external_id::int, 'kept', true)`;
    }),
    { numRuns: 200 },
  );
}, 60_000);
