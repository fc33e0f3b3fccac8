import { z } from "zod";
import { invalidField } from "@/lib/environment-api/pipeline/errors";
import { noInput, scopedRoute } from "@/lib/environment-api/pipeline/scoped-route";
import { countRecords } from "@/lib/functions/records/store";
import { findPlace } from "@/lib/functions/syncs/select";
import { listSyncs } from "@/lib/functions/syncs/store";
import { syncNamesQuery } from "@/lib/functions/syncs/sync-name";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { targetFailure } from "./sync-refusals";
import { syncWire, toSyncWire } from "./sync-wire";

/** Names that no sync has are left out, as an answer to the question what is there. */
const status = scopedRoute({
  ...noInput,
  method: "GET",
  path: "/sync/status",
  scope: "environment:syncs:read",
  summary: "Read the state of syncs",
  query: z.strictObject({
    syncs: syncNamesQuery,
    provider_config_key: uniqueKeySchema,
    connection_id: connectionIdSchema.optional(),
  }),
  success: { status: 200, schema: z.strictObject({ syncs: z.array(syncWire) }) },
  handler: async ({ db, environmentId, query }) => {
    const { provider_config_key: uniqueKey, connection_id: connectionId, syncs: names } = query;
    const place = await findPlace(db, environmentId, { uniqueKey, connectionId });
    if (!place.ok) {
      const noConnection = place.error.reason === "unknown_connection";
      // The contract's own words and code, though it is the query that names the connection.
      return fail(
        noConnection
          ? invalidField("connection_id", "Connection not found")
          : targetFailure(place.error, uniqueKey),
      );
    }
    const found = await listSyncs(db, environmentId, { uniqueKey, connectionRow: place.value, names });
    const rows = [...new Set(found.map(({ connectionRow }) => connectionRow))];
    const counts = new Map(
      (await countRecords(db, environmentId, rows)).map(({ connectionId: row, model, count }) => [
        `${row}:${model}`,
        count,
      ]),
    );
    return ok({
      syncs: found.map((sync) => toSyncWire(sync, (row, model) => counts.get(`${row}:${model}`) ?? 0)),
    });
  },
});

export const syncStatusRoutes = [status];
