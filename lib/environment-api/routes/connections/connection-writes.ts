import { z } from "zod";
import {
  changeConnection,
  importConnection,
  removeConnection,
} from "@/lib/connect/connection-lifecycle/lifecycle";
import { noInput, scopedRoute } from "@/lib/environment-api/pipeline/scoped-route";
import {
  credentialsMismatch,
  unknownIntegration,
} from "@/lib/environment-api/routes/integrations/integration-refusals";
import { fail, ok } from "@/lib/infrastructure/result";
import { endUserInputSchema } from "@/lib/upstream/connections/end-user";
import { connectionIdSchema, jsonObjectSchema } from "@/lib/upstream/connections/model";
import { tagsSchema } from "@/lib/upstream/connections/tags";
import { uniqueKeySchema } from "@/lib/upstream/integrations/model";
import {
  credentialsInputSchema,
  toCredentials,
  withoutRefreshToken,
} from "@/lib/upstream/providers/credentials";
import { ofIntegration } from "./connection-query";
import { missingConnection, unknownConnection } from "./connection-refusals";
import { connectionWire, toConnection } from "./connection-wire";

const params = z.strictObject({ connectionId: connectionIdSchema });
const query = z.strictObject(ofIntegration);
const done = z.strictObject({ success: z.literal(true) });

const people = { end_user: endUserInputSchema.optional(), tags: tagsSchema.optional() };

const create = scopedRoute({
  ...noInput,
  method: "POST",
  path: "/connections",
  scope: "environment:connections:write",
  discloses: "environment:connections:read_credentials",
  summary: "Import a connection",
  body: z.strictObject({
    ...people,
    provider_config_key: uniqueKeySchema,
    credentials: credentialsInputSchema,
    connection_id: connectionIdSchema.optional(),
    metadata: jsonObjectSchema.optional(),
    connection_config: jsonObjectSchema.optional(),
  }),
  success: { status: 201, schema: connectionWire },
  handler: async ({ db, masterKey, environmentId, mayDisclose, body }) => {
    const imported = await importConnection(db, masterKey, environmentId, body);
    if (!imported.ok) {
      const unknown = imported.error === "unknown_integration";
      return fail(unknown ? unknownIntegration(body.provider_config_key) : credentialsMismatch);
    }
    if (!mayDisclose) return ok(toConnection(imported.value));
    return ok({
      ...toConnection(imported.value),
      credentials: withoutRefreshToken(toCredentials(body.credentials)),
    });
  },
});

const change = scopedRoute({
  ...noInput,
  method: "PATCH",
  path: "/connections/{connectionId}",
  aliases: ["/connection/{connectionId}"],
  scope: "environment:connections:write",
  summary: "Change a connection's end user and tags",
  params,
  query,
  body: z.strictObject(people),
  success: { status: 200, schema: done },
  handler: async ({ db, environmentId, params: { connectionId }, query: { provider_config_key }, body }) => {
    const changed = await changeConnection(db, environmentId, provider_config_key, connectionId, body);
    if (changed) return ok({ success: true } as const);
    return fail(await missingConnection(db, environmentId, provider_config_key, connectionId));
  },
});

const remove = scopedRoute({
  ...noInput,
  method: "DELETE",
  path: "/connections/{connectionId}",
  aliases: ["/connection/{connectionId}"],
  scope: "environment:connections:write",
  summary: "Delete a connection",
  params,
  query,
  success: { status: 200, schema: done },
  handler: async ({ db, environmentId, params: { connectionId }, query: { provider_config_key } }) => {
    const deleted = await removeConnection(db, environmentId, provider_config_key, connectionId);
    return deleted ? ok({ success: true } as const) : fail(unknownConnection(400));
  },
});

export const connectionWriteRoutes = [create, change, remove];
