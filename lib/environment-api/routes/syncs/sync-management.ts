import { z } from "zod";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { unknownConnection } from "@/lib/environment-api/routes/connections/connection-errors";
import { updateSyncs } from "@/lib/functions/syncs/change-store";
import { frequencySchema } from "@/lib/functions/syncs/frequency";
import { getEffectiveFrequency } from "@/lib/functions/syncs/model";
import { listSyncs } from "@/lib/functions/syncs/store";
import { baseVariant, isBaseVariant, syncNameSchema, variantSchema } from "@/lib/functions/syncs/sync-name";
import { createVariant, deleteVariant } from "@/lib/functions/syncs/variants";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectionIdSchema } from "@/lib/upstream/connections/model";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { protectedVariant, unknownSync, variantError } from "./sync-errors";

const scope = "environment:syncs:manage";

const connectionFields = { provider_config_key: uniqueKeySchema, connection_id: connectionIdSchema };

const changeFrequency = jsonRoute({
  ...noInput,
  method: "PUT",
  path: "/sync/update-connection-frequency",
  scope,
  summary: "Set how often a sync of a connection runs; null resets it to the deployed frequency",
  body: z.strictObject({
    ...connectionFields,
    sync_name: syncNameSchema,
    sync_variant: variantSchema.optional(),
    frequency: frequencySchema.nullable(),
  }),
  response: { status: 200, schema: z.strictObject({ frequency: z.string().nullable() }) },
  handler: async ({ db, environmentId, body }) => {
    const { provider_config_key: uniqueKey, sync_name: name, sync_variant = baseVariant, frequency } = body;
    const variant = isBaseVariant(sync_variant) ? baseVariant : sync_variant;
    const connection = await findConnectionByConnectionId(db, environmentId, uniqueKey, body.connection_id);
    if (connection === null) return fail(unknownConnection(400));
    const selection = { uniqueKey, connectionRowId: connection.id, names: [{ name, variant }] };
    const [sync] = await listSyncs(db, environmentId, selection);
    if (sync === undefined) return fail(unknownSync(name));
    await updateSyncs(db, environmentId, [sync.id], { frequency });
    return ok({ frequency: getEffectiveFrequency({ ...sync, frequency }) });
  },
});

const path = "/sync/{name}/variant/{variant}";
const params = z.strictObject({ name: syncNameSchema, variant: variantSchema });

const addVariant = jsonRoute({
  ...noInput,
  method: "POST",
  path,
  scope,
  summary: "Add a variant of a sync to a connection",
  params,
  body: z.strictObject(connectionFields),
  response: {
    status: 200,
    schema: z.strictObject({ id: z.uuid(), name: z.string(), variant: z.string() }),
  },
  handler: async ({ db, environmentId, params: sync, body }) => {
    if (isBaseVariant(sync.variant)) return fail(protectedVariant(sync.variant));
    const target = { uniqueKey: body.provider_config_key, connectionId: body.connection_id, syncName: sync };
    const created = await createVariant(db, environmentId, target);
    if (!created.ok) return fail(variantError(created.error, sync.name, sync.variant));
    return ok({ id: created.value, name: sync.name, variant: sync.variant });
  },
});

const removeVariant = jsonRoute({
  ...noInput,
  method: "DELETE",
  path,
  scope,
  summary: "Delete a variant of a sync from a connection, with its records",
  params,
  body: z.strictObject(connectionFields),
  response: { status: 200, schema: z.strictObject({ success: z.literal(true) }) },
  handler: async ({ db, environmentId, params: sync, body }) => {
    if (isBaseVariant(sync.variant)) return fail(protectedVariant(sync.variant));
    const target = { uniqueKey: body.provider_config_key, connectionId: body.connection_id, syncName: sync };
    const removed = await deleteVariant(db, environmentId, target);
    if (removed.ok) return ok({ success: true } as const);
    if (removed.error === "unknown_connection") return fail(unknownConnection(400));
    const message = `The sync "${sync.name}" has no variant "${sync.variant}"`;
    return fail({ status: 404, code: "not_found", message });
  },
});

export const syncManagementRoutes = [changeFrequency, addVariant, removeVariant];
