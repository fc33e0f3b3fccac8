import { z } from "zod";
import { insufficientScope } from "@/lib/environment-api/pipeline/errors";
import { noInput, scopedRoute } from "@/lib/environment-api/pipeline/scoped-route";
import { unknownProviderConfig } from "@/lib/environment-api/routes/connections/connection-refusals";
import { listDeployedFunctions } from "@/lib/functions/definitions/deployed-store";
import { fail, ok } from "@/lib/infrastructure/result";
import { clientSchema, shownClient, uniqueKeySchema } from "@/lib/upstream/integrations/model";
import { openClient } from "@/lib/upstream/integrations/secret";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";

const readCredentials = "environment:integrations:read_credentials";

const functionWire = z.strictObject({ name: z.string(), description: z.string().nullable() });

/** Older than `GET /integrations/{uniqueKey}`, whose answer is richer; unlike there, asking for too much is refused. */
const readConfig = scopedRoute({
  ...noInput,
  method: "GET",
  path: "/config/{providerConfigKey}",
  scope: "environment:integrations:read",
  discloses: readCredentials,
  summary: "Read an integration (deprecated)",
  params: z.strictObject({ providerConfigKey: uniqueKeySchema }),
  query: z.strictObject({ include_creds: z.stringbool("Must be true or false").default(false) }),
  success: {
    status: 200,
    schema: z.strictObject({
      config: z.strictObject({
        unique_key: z.string(),
        provider: z.string(),
        syncs: z.array(functionWire),
        actions: z.array(functionWire),
        ...clientSchema.pick({ client_id: true, client_secret: true, scopes: true }).partial().shape,
      }),
    }),
  },
  handler: async ({ db, masterKey, environmentId, mayDisclose, params: { providerConfigKey }, query }) => {
    if (query.include_creds && !mayDisclose) return fail(insufficientScope(readCredentials));
    const integration = await findSealedIntegration(db, environmentId, providerConfigKey);
    if (integration === null) return fail(unknownProviderConfig(providerConfigKey));
    const functions = await listDeployedFunctions(db, environmentId, integration.id);
    const ofKind = (wanted: "sync" | "action") =>
      functions.filter(({ kind }) => kind === wanted).map(({ name, description }) => ({ name, description }));
    const stored = query.include_creds ? openClient(masterKey, integration) : null;
    const client = stored && shownClient(stored);
    return ok({
      config: {
        unique_key: integration.uniqueKey,
        provider: integration.provider,
        syncs: ofKind("sync"),
        actions: ofKind("action"),
        ...(client && {
          client_id: client.client_id,
          client_secret: client.client_secret,
          scopes: client.scopes,
        }),
      },
    });
  },
});

export const configRoutes = [readConfig];
