import { z } from "zod";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { updateSyncs } from "@/lib/functions/syncs/change-store";
import { selectSyncs } from "@/lib/functions/syncs/select-syncs";
import { syncNameInputSchema } from "@/lib/functions/syncs/sync-name";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { targetError } from "./sync-errors";
import { syncManagementRoutes } from "./sync-management";
import { syncStatusRoutes } from "./sync-status";
import { syncTriggerRoutes } from "./sync-trigger";

const scope = "environment:syncs:execute";

const successSchema = z.strictObject({ success: z.literal(true) });

const commands = [
  { path: "/sync/start", schedule: "started", summary: "Start the schedule of syncs" },
  { path: "/sync/pause", schedule: "paused", summary: "Pause the schedule of syncs" },
] as const;

const scheduleRoutes = commands.map(({ path, schedule, summary }) =>
  jsonRoute({
    ...noInput,
    method: "POST",
    path,
    scope,
    summary,
    body: z.strictObject({
      syncs: z.array(syncNameInputSchema).max(256),
      provider_config_key: uniqueKeySchema,
      connection_id: connectionIdSchema.optional(),
    }),
    response: { status: 200, schema: successSchema },
    handler: async ({ db, environmentId, body }) => {
      const { provider_config_key: uniqueKey, connection_id: connectionId, syncs: names } = body;
      const selected = await selectSyncs(db, environmentId, { uniqueKey, connectionId, names });
      if (!selected.ok) return fail(targetError(selected.error, uniqueKey));
      await updateSyncs(
        db,
        environmentId,
        selected.value.map(({ id }) => id),
        { schedule },
      );
      return ok({ success: true } as const);
    },
  }),
);

export const syncRoutes = [
  ...syncStatusRoutes,
  ...syncTriggerRoutes,
  ...scheduleRoutes,
  ...syncManagementRoutes,
];
