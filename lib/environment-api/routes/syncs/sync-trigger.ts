import { z } from "zod";
import type { ApiError } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { optionalConnectionHeaders } from "@/lib/environment-api/routes/connections/connection-headers";
import { recordRequestedRuns } from "@/lib/functions/syncs/change-store";
import type { RequestedRun } from "@/lib/functions/syncs/model";
import { selectSyncs } from "@/lib/functions/syncs/select-syncs";
import { syncNameInputSchema } from "@/lib/functions/syncs/sync-name";
import { boundedArray } from "@/lib/infrastructure/bounded-schema";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { targetError } from "./sync-errors";

const unavailable = (message: string): ApiError => ({ status: 503, code: "service_unavailable", message });

const missingKey: ApiError = {
  status: 400,
  code: "missing_provider_config_key",
  message: "Set the integration: provider_config_key in the body or the Provider-Config-Key header",
};

/**
 * Three ways to select the run mode. Only `opts` is not deprecated (docs/environment-api.md, "13.
 * syncs:execute").
 */
const runModeFields = {
  opts: z.strictObject({ reset: z.boolean().optional(), emptyCache: z.boolean().optional() }).optional(),
  sync_mode: z.enum(["incremental", "full_refresh", "full_refresh_and_clear_cache"]).optional(),
  full_resync: z.boolean().optional(),
};

const triggerBody = z
  .strictObject({
    ...runModeFields,
    syncs: boundedArray(syncNameInputSchema, 1000),
    provider_config_key: uniqueKeySchema.optional(),
    connection_id: connectionIdSchema.optional(),
  })
  .refine(
    ({ opts, sync_mode, full_resync }) =>
      opts === undefined || (sync_mode === undefined && full_resync === undefined),
    { path: ["opts"], message: "Cannot be combined with sync_mode or full_resync" },
  );

function toRequestedRun({ opts, sync_mode, full_resync }: z.output<typeof triggerBody>): RequestedRun {
  const full = opts?.reset ?? (sync_mode === undefined ? full_resync === true : sync_mode !== "incremental");
  return {
    mode: full ? "full" : "incremental",
    emptyCache: opts?.emptyCache ?? sync_mode === "full_refresh_and_clear_cache",
  };
}

/**
 * Requests a run of syncs. Stores the request before it calls the runner, so that a runner that is briefly
 * unavailable finds it later. Sending the same request again changes nothing.
 */
const trigger = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/sync/trigger",
  scope: "environment:syncs:execute",
  summary: "Request an immediate run of syncs",
  headers: optionalConnectionHeaders,
  body: triggerBody,
  response: { status: 200, schema: z.strictObject({ success: z.literal(true) }) },
  handler: async ({ db, environmentId, getFunctionRunner, headers, body }) => {
    const uniqueKey = body.provider_config_key ?? headers["provider-config-key"];
    if (uniqueKey === undefined) return fail(missingKey);
    const connectionId = body.connection_id ?? headers["connection-id"];
    const selected = await selectSyncs(db, environmentId, { uniqueKey, connectionId, names: body.syncs });
    if (!selected.ok) return fail(targetError(selected.error, uniqueKey));
    const runner = getFunctionRunner();
    if (runner === null) return fail(unavailable("No function runner is configured"));
    const run = toRequestedRun(body);
    await recordRequestedRuns(
      db,
      environmentId,
      selected.value.map(({ id }) => id),
      run,
    );
    const requested = await runner.requestSyncRuns({
      environmentId,
      providerConfigKey: uniqueKey,
      run,
      syncs: selected.value,
    });
    return requested.ok
      ? ok({ success: true } as const)
      : fail(unavailable("The function runner does not answer"));
  },
});

export const syncTriggerRoutes = [trigger];
