import { z } from "zod";
import { invalidField } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { countRecords } from "@/lib/functions/records/store";
import { resolveSyncTarget } from "@/lib/functions/syncs/select-syncs";
import { listSyncs } from "@/lib/functions/syncs/store";
import { syncNamesQuerySchema } from "@/lib/functions/syncs/sync-name";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { syncDtoSchema, toSyncDto } from "./sync-dto";
import { targetError } from "./sync-errors";

/** Reads the state of syncs. A name that no sync has is left out instead of rejected. */
const status = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/sync/status",
  scope: "environment:syncs:read",
  summary: "Read the state of syncs",
  query: z.strictObject({
    syncs: syncNamesQuerySchema,
    provider_config_key: uniqueKeySchema,
    connection_id: connectionIdSchema.optional(),
  }),
  response: { status: 200, schema: z.strictObject({ syncs: z.array(syncDtoSchema) }) },
  handler: async ({ db, environmentId, query }) => {
    const { provider_config_key: uniqueKey, connection_id: connectionId, syncs: names } = query;
    const target = await resolveSyncTarget(db, environmentId, { uniqueKey, connectionId });
    if (!target.ok) {
      const isUnknownConnection = target.error.reason === "unknown_connection";
      // The code `invalid_body` and the message are fixed (docs/environment-api.md, "12. syncs:read"),
      // although the field is in the query.
      return fail(
        isUnknownConnection
          ? invalidField("connection_id", "Connection not found")
          : targetError(target.error, uniqueKey),
      );
    }
    const found = await listSyncs(db, environmentId, { uniqueKey, connectionRowId: target.value, names });
    const rows = [...new Set(found.map(({ connectionRowId }) => connectionRowId))];
    const counts = new Map(
      (await countRecords(db, environmentId, rows)).map(({ connectionRowId: row, model, count }) => [
        `${row}:${model}`,
        count,
      ]),
    );
    return ok({
      syncs: found.map((sync) => toSyncDto(sync, (row, model) => counts.get(`${row}:${model}`) ?? 0)),
    });
  },
});

export const syncStatusRoutes = [status];
