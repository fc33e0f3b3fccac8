import { z } from "zod";
import { allowsIntegration } from "@/lib/connect/sessions/model";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { boundedArray } from "@/lib/infrastructure/bounded-schema";
import { fail, ok } from "@/lib/infrastructure/result";
import {
  changeIntegration,
  createIntegration,
  createQuickstartIntegration,
} from "@/lib/upstream/integrations/lifecycle";
import {
  integrationChangeSchema,
  newIntegrationSchema,
  quickstartIntegrationSchema,
  uniqueKeySchema,
} from "@/lib/upstream/integrations/model";
import {
  deleteIntegration,
  findIntegration,
  findSealedIntegration,
  listIntegrations,
  listSealedIntegrations,
} from "@/lib/upstream/integrations/store";
import { integrationDtoSchema, toIntegrationDto, toIntegrationDtoWithCredentials } from "./integration-dto";
import { integrationError, unknownIntegration } from "./integration-errors";

const params = z.strictObject({ uniqueKey: uniqueKeySchema });
const integrationResponseSchema = z.strictObject({ data: integrationDtoSchema });
const includable = z.enum(["webhook", "credentials"]);

const list = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/integrations",
  scope: "environment:integrations:list",
  credentialsScope: "environment:integrations:list_credentials",
  acceptsConnectSessions: true,
  summary: "List integrations",
  response: { status: 200, schema: z.strictObject({ data: z.array(integrationDtoSchema) }) },
  handler: async ({ db, masterKey, environmentId, connectSession, canReadCredentials }) => {
    if (!canReadCredentials) {
      const integrations = await listIntegrations(db, environmentId);
      const visible =
        connectSession === null
          ? integrations
          : integrations.filter(({ uniqueKey }) => allowsIntegration(connectSession, uniqueKey));
      return ok({ data: visible.map(toIntegrationDto) });
    }
    const sealed = await listSealedIntegrations(db, environmentId);
    return ok({ data: sealed.map((integration) => toIntegrationDtoWithCredentials(masterKey, integration)) });
  },
});

const read = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/integrations/{uniqueKey}",
  scope: "environment:integrations:read",
  credentialsScope: "environment:integrations:read_credentials",
  summary: "Read an integration",
  params,
  query: z.strictObject({ include: z.union([includable, boundedArray(includable, 10)]).optional() }),
  response: { status: 200, schema: integrationResponseSchema },
  handler: async ({ db, masterKey, environmentId, canReadCredentials, params, query }) => {
    const include = new Set([query.include ?? []].flat());
    const webhook = include.has("webhook") ? { webhook_url: null } : {};
    if (include.has("credentials") && canReadCredentials) {
      const sealed = await findSealedIntegration(db, environmentId, params.uniqueKey);
      if (sealed === null) return fail(unknownIntegration(params.uniqueKey));
      return ok({ data: { ...toIntegrationDtoWithCredentials(masterKey, sealed), ...webhook } });
    }
    const integration = await findIntegration(db, environmentId, params.uniqueKey);
    if (integration === null) return fail(unknownIntegration(params.uniqueKey));
    return ok({ data: { ...toIntegrationDto(integration), ...webhook } });
  },
});

const create = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/integrations",
  scope: "environment:integrations:write",
  summary: "Create an integration",
  body: newIntegrationSchema,
  response: { status: 200, schema: integrationResponseSchema },
  handler: async ({ db, masterKey, environmentId, body }) => {
    const created = await createIntegration(db, masterKey, environmentId, body);
    if (!created.ok) return fail(integrationError(created.error, body.unique_key));
    return ok({ data: toIntegrationDto(created.value) });
  },
});

const quickstart = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/integrations/quickstart",
  scope: "environment:integrations:write",
  summary: "Create an integration that uses the server's shared app at the provider",
  body: quickstartIntegrationSchema,
  response: { status: 200, schema: integrationResponseSchema },
  handler: async ({ db, masterKey, sharedApps, environmentId, body }) => {
    const created = await createQuickstartIntegration(db, masterKey, sharedApps, environmentId, body);
    if (!created.ok) return fail(integrationError(created.error, body.unique_key));
    return ok({ data: toIntegrationDto(created.value) });
  },
});

const change = jsonRoute({
  ...noInput,
  method: "PATCH",
  path: "/integrations/{uniqueKey}",
  scope: "environment:integrations:write",
  destinationScopes: [
    "environment:integrations:read_credentials",
    "environment:connections:read_credentials",
  ],
  summary: "Change an integration",
  params,
  body: integrationChangeSchema,
  response: { status: 200, schema: integrationResponseSchema },
  handler: async ({ db, masterKey, environmentId, params: { uniqueKey }, body, ...changer }) => {
    const changed = await changeIntegration(db, masterKey, environmentId, uniqueKey, body, changer);
    if (!changed.ok) return fail(integrationError(changed.error, uniqueKey));
    return ok({ data: toIntegrationDto(changed.value) });
  },
});

const remove = jsonRoute({
  ...noInput,
  method: "DELETE",
  path: "/integrations/{uniqueKey}",
  scope: "environment:integrations:write",
  summary: "Delete an integration and its connections",
  params,
  response: { status: 200, schema: z.strictObject({ success: z.literal(true) }) },
  handler: async ({ db, environmentId, params: { uniqueKey } }) => {
    const deleted = await deleteIntegration(db, environmentId, uniqueKey);
    return deleted ? ok({ success: true } as const) : fail(unknownIntegration(uniqueKey));
  },
});

export const integrationRoutes = [list, read, create, quickstart, change, remove];
