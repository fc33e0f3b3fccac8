import { z } from "zod";
import { invalidField } from "@/lib/environment-api/pipeline/errors";
import { noInput, scopedRoute } from "@/lib/environment-api/pipeline/scoped-route";
import { countRecords } from "@/lib/functions/records/store";
import { resolveSyncTarget } from "@/lib/functions/syncs/select-syncs";
import { listSyncs } from "@/lib/functions/syncs/store";
import { syncNamesQuerySchema } from "@/lib/functions/syncs/sync-name";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { syncDtoSchema, toSyncDto } from "./sync-dto";
import { targetError } from "./sync-errors";

/** Names that no sync has are left out, as an answer to the question what is there. */
const status = scopedRoute({
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
  success: { status: 200, schema: z.strictObject({ syncs: z.array(syncDtoSchema) }) },
  handler: async ({ db, environmentId, query }) => {
    const { provider_config_key: uniqueKey, connection_id: connectionId, syncs: names } = query;
    const place = await resolveSyncTarget(db, environmentId, { uniqueKey, connectionId });
    if (!place.ok) {
      const noConnection = place.error.reason === "unknown_connection";
      // The contract's own words and code, though it is the query that names the connection.
      return fail(
        noConnection
          ? invalidField("connection_id", "Connection not found")
          : targetError(place.error, uniqueKey),
      );
    }
    const found = await listSyncs(db, environmentId, { uniqueKey, connectionRowId: place.value, names });
    const rows = [...new Set(found.map(({ connectionRowId }) => connectionRowId))];
    const counts = new Map(
      (await countRecords(db, environmentId, rows)).map(({ connectionId: row, model, count }) => [
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
