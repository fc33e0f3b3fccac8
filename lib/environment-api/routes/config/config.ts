import { z } from "zod";
import { insufficientScope } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { unknownProviderConfig } from "@/lib/environment-api/routes/connections/connection-errors";
import { listFunctionViews } from "@/lib/functions/definitions/view-store";
import { headText } from "@/lib/infrastructure/bounded-schema";
import { fail, ok } from "@/lib/infrastructure/result";
import {
  oauthClientOutputSchema,
  toOAuthClientOutput,
  uniqueKeySchema,
} from "@/lib/upstream/integrations/model";
import { openOAuthClient } from "@/lib/upstream/integrations/secret";
import { findSealedIntegration } from "@/lib/upstream/integrations/store";

const readCredentials = "environment:integrations:read_credentials";

const functionDtoSchema = z.strictObject({ name: z.string(), description: z.string().nullable() });

/**
 * The older form of `GET /integrations/{uniqueKey}`. It also returns the names of the functions. A request
 * for credentials without the scope is denied here; the newer route leaves the credentials out.
 */
const readConfig = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/config/{providerConfigKey}",
  scope: "environment:integrations:read",
  credentialsScope: readCredentials,
  summary: "Read an integration (deprecated)",
  params: z.strictObject({ providerConfigKey: uniqueKeySchema }),
  query: z.strictObject({
    include_creds: headText.pipe(z.stringbool("Must be true or false")).default(false),
  }),
  response: {
    status: 200,
    schema: z.strictObject({
      config: z.strictObject({
        unique_key: z.string(),
        provider: z.string(),
        syncs: z.array(functionDtoSchema),
        actions: z.array(functionDtoSchema),
        ...oauthClientOutputSchema.pick({ client_id: true, client_secret: true, scopes: true }).partial()
          .shape,
      }),
    }),
  },
  handler: async ({
    db,
    masterKey,
    environmentId,
    canReadCredentials,
    params: { providerConfigKey },
    query,
  }) => {
    if (query.include_creds && !canReadCredentials) return fail(insufficientScope(readCredentials));
    const integration = await findSealedIntegration(db, environmentId, providerConfigKey);
    if (integration === null) return fail(unknownProviderConfig(providerConfigKey));
    const functions = await listFunctionViews(db, environmentId, integration.id);
    const ofKind = (kind: "sync" | "action") =>
      functions.filter((fn) => fn.kind === kind).map(({ name, description }) => ({ name, description }));
    const oauthClient = query.include_creds ? openOAuthClient(masterKey, integration) : null;
    const client = oauthClient && toOAuthClientOutput(oauthClient);
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
