import { z } from "zod";
import {
  changeConnection,
  importConnection,
  removeConnection,
} from "@/lib/connect/connection-lifecycle/lifecycle";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import {
  credentialsMismatch,
  unknownIntegration,
} from "@/lib/environment-api/routes/integrations/integration-errors";
import { fail, ok } from "@/lib/infrastructure/result";
import { endUserInputSchema } from "@/lib/upstream/connections/end-user";
import { connectionIdSchema, jsonObjectSchema } from "@/lib/upstream/connections/model";
import { tagsSchema } from "@/lib/upstream/connections/tags";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import {
  credentialsInputSchema,
  toCredentials,
  toCredentialsOutputWithoutRefreshToken,
} from "@/lib/upstream/providers/credentials";
import { connectionDtoSchema, toConnectionDto } from "./connection-dto";
import { findMissingConnectionError, unknownConnection } from "./connection-errors";
import { providerConfigKeyField } from "./connection-query";

const params = z.strictObject({ connectionId: connectionIdSchema });
const query = z.strictObject(providerConfigKeyField);
const successSchema = z.strictObject({ success: z.literal(true) });

const endUserAndTagsFields = { end_user: endUserInputSchema.optional(), tags: tagsSchema.optional() };

const create = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/connections",
  scope: "environment:connections:write",
  credentialsScope: "environment:connections:read_credentials",
  summary: "Import a connection",
  body: z.strictObject({
    ...endUserAndTagsFields,
    provider_config_key: uniqueKeySchema,
    credentials: credentialsInputSchema,
    connection_id: connectionIdSchema.optional(),
    metadata: jsonObjectSchema.optional(),
    connection_config: jsonObjectSchema.optional(),
  }),
  response: { status: 201, schema: connectionDtoSchema },
  handler: async ({ db, masterKey, environmentId, canReadCredentials, body }) => {
    const imported = await importConnection(db, masterKey, environmentId, body);
    if (!imported.ok) {
      const unknown = imported.error === "unknown_integration";
      return fail(unknown ? unknownIntegration(body.provider_config_key) : credentialsMismatch);
    }
    if (!canReadCredentials) return ok(toConnectionDto(imported.value));
    return ok({
      ...toConnectionDto(imported.value),
      credentials: toCredentialsOutputWithoutRefreshToken(toCredentials(body.credentials)),
    });
  },
});

const change = jsonRoute({
  ...noInput,
  method: "PATCH",
  path: "/connections/{connectionId}",
  aliases: ["/connection/{connectionId}"],
  scope: "environment:connections:write",
  summary: "Change a connection's end user and tags",
  params,
  query,
  body: z.strictObject(endUserAndTagsFields),
  response: { status: 200, schema: successSchema },
  handler: async ({ db, environmentId, params: { connectionId }, query: { provider_config_key }, body }) => {
    const changed = await changeConnection(db, environmentId, provider_config_key, connectionId, body);
    if (changed) return ok({ success: true } as const);
    return fail(await findMissingConnectionError(db, environmentId, provider_config_key, connectionId));
  },
});

const remove = jsonRoute({
  ...noInput,
  method: "DELETE",
  path: "/connections/{connectionId}",
  aliases: ["/connection/{connectionId}"],
  scope: "environment:connections:write",
  summary: "Delete a connection",
  params,
  query,
  response: { status: 200, schema: successSchema },
  handler: async ({ db, environmentId, params: { connectionId }, query: { provider_config_key } }) => {
    const deleted = await removeConnection(db, environmentId, provider_config_key, connectionId);
    return deleted ? ok({ success: true } as const) : fail(unknownConnection(400));
  },
});

export const connectionWriteRoutes = [create, change, remove];
