import { beforeEach, expect } from "vitest";
import { z } from "zod";
import { makeTestConnection, makeTestIntegration } from "@/e2e/fixtures/synced-connection";
import { recordDtoSchema } from "@/lib/environment-api/routes/records/record-dto";
import { bearer, testApi } from "./environment-api";
import { saveRecords } from "./save-records";

const pageSchema = z.strictObject({
  records: z.array(recordDtoSchema),
  next_cursor: z.string().nullable(),
});

/** Sets up an API and a key for records. Each test gets a new connection without records. */
export async function testRecords() {
  const api = await testApi();
  const { db, masterKey, environment, call, keyWith } = api;
  const environmentId = environment.id;
  const { secret } = await keyWith("environment:records:read", "environment:records:write");
  const integration = await makeTestIntegration(db, masterKey, environmentId);
  let connection = await makeTestConnection(db, masterKey, environmentId, integration);
  beforeEach(async () => {
    connection = await makeTestConnection(db, masterKey, environmentId, integration);
  });

  const connectionHeaders = (key = secret) => ({
    ...bearer(key),
    "connection-id": connection.connectionId,
    "provider-config-key": connection.providerConfigKey,
  });
  const list = (query: string) => call(`/records?${query}`, { headers: connectionHeaders() });
  async function read(query = "") {
    const response = await list(`model=Issue&${query}`);
    expect(response.status).toBe(200);
    return pageSchema.parse(response.body);
  }

  return {
    ...api,
    /** Returns the connection of the current test. */
    connection: () => connection,
    /** Returns the headers that name the connection and contain a key. */
    connectionHeaders,
    list,
    /** Reads a page of the model Issue. */
    read,
    idsOf: async (query = "") => (await read(query)).records.map(({ id }) => id),
    prune: (body: object) =>
      call("/records/prune", {
        method: "PATCH",
        headers: { ...connectionHeaders(), "content-type": "application/json" },
        body: JSON.stringify({ model: "Issue", ...body }),
      }),
    save: (ids: string[], revision: number, model = "Issue", deleted: string[] = []) =>
      saveRecords(db, {
        environmentId,
        connectionRowId: connection.rowId,
        model,
        records: ids.map((id) => ({ id, revision })),
        deleted,
      }),
  };
}
