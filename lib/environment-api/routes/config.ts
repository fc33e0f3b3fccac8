import { z } from "zod";
import { listDeployedFunctions } from "../../functions/deployed-store";
import { clientSchema, shownClient, uniqueKeySchema } from "../../integrations/model";
import { openClient } from "../../integrations/secret";
import { findSealedIntegration } from "../../integrations/store";
import { fail, ok } from "../../result";
import { insufficientScope } from "../errors";
import { noInput, scopedRoute } from "../scoped-route";
import { unknownProviderConfig } from "./connection-refusals";

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
