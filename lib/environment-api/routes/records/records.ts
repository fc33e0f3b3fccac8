import { z } from "zod";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { unknownConnection } from "@/lib/environment-api/routes/connections/connection-errors";
import { connectionHeaders } from "@/lib/environment-api/routes/connections/connection-headers";
import { cursorSchema, encodeCursor } from "@/lib/functions/records/cursor";
import { toStoredModelName } from "@/lib/functions/records/model";
import { pruneRecords } from "@/lib/functions/records/prune";
import { listRecords } from "@/lib/functions/records/store";
import { fail, ok } from "@/lib/infrastructure/result";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { cursorOf, recordDtoSchema, toRecordDto } from "./record-dto";
import { maxRecords, modelFields, recordsQuery } from "./record-query";

/** Lists records. Reads one record more than the limit to find out whether there is a next page. */
const list = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/records",
  scope: "environment:records:read",
  summary: "List synced records in the order of their last change",
  query: recordsQuery,
  headers: connectionHeaders,
  response: {
    status: 200,
    schema: z.strictObject({ records: z.array(recordDtoSchema), next_cursor: z.string().nullable() }),
  },
  handler: async ({ db, environmentId, headers, query }) => {
    const connection = await findConnectionByConnectionId(
      db,
      environmentId,
      headers["provider-config-key"],
      headers["connection-id"],
    );
    if (connection === null) return fail(unknownConnection(400));
    const found = await listRecords(
      db,
      environmentId,
      { connectionRowId: connection.id, model: toStoredModelName(query.model, query.variant) },
      {
        after: query.cursor,
        modifiedAfter: query.modified_after ?? query.delta,
        actions: query.filter,
        externalIds: query.ids,
      },
      query.limit + 1,
    );
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const hasNext = found.length > page.length && last !== undefined;
    return ok({ records: page.map(toRecordDto), next_cursor: hasNext ? cursorOf(last) : null });
  },
});

const prune = jsonRoute({
  ...noInput,
  method: "PATCH",
  path: "/records/prune",
  scope: "environment:records:write",
  summary: "Delete the payload of records up to a cursor and keep their metadata",
  headers: connectionHeaders,
  body: z.strictObject({
    ...modelFields,
    until_cursor: cursorSchema,
    limit: z.int().min(1).max(maxRecords).default(1000),
  }),
  response: { status: 200, schema: z.strictObject({ count: z.int(), has_more: z.boolean() }) },
  handler: async ({ db, environmentId, headers, body }) => {
    const connection = await findConnectionByConnectionId(
      db,
      environmentId,
      headers["provider-config-key"],
      headers["connection-id"],
    );
    if (connection === null) return fail(unknownConnection(400));
    const set = { connectionRowId: connection.id, model: toStoredModelName(body.model, body.variant) };
    const pruned = await pruneRecords(db, environmentId, set, body.until_cursor, body.limit);
    // The record at the cursor may have changed since, which gives it a later cursor. `has_more` is then true
    // although the next call finds nothing (docs/environment-api.md, "17. records:write").
    const reached = pruned !== null && encodeCursor(pruned.last) === encodeCursor(body.until_cursor);
    return ok({ count: pruned?.count ?? 0, has_more: pruned !== null && !reached });
  },
});

export const recordRoutes = [list, prune];
