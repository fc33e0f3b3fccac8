import { z } from "zod";
import { allowsIntegration } from "@/lib/connect/sessions/model";
import { anyValidKey, jsonRoute, noInput, type RequestContext } from "@/lib/environment-api/pipeline/route";
import { fail, ok } from "@/lib/infrastructure/result";
import { providerNameSchema } from "@/lib/upstream/integrations/model";
import { listIntegrations } from "@/lib/upstream/integrations/store";
import { findProvider, providers } from "@/lib/upstream/providers/catalog";
import { authModes } from "@/lib/upstream/providers/model";
import { isProviderSearchPattern, searchProviders } from "@/lib/upstream/providers/search-providers";

const configFields = z.record(
  z.string(),
  z.strictObject({
    title: z.string(),
    description: z.string().optional(),
    example: z.string().optional(),
    suffix: z.string().optional(),
    pattern: z.string(),
    optional: z.boolean().optional(),
  }),
);

const providerDtoSchema = z.strictObject({
  name: z.string(),
  display_name: z.string(),
  auth_mode: z.enum(authModes),
  authorization_url: z.string().optional(),
  token_url: z.string().optional(),
  issuer: z.string().optional(),
  authorization_params: z.record(z.string(), z.string()).optional(),
  token_request_auth_method: z.literal("basic").optional(),
  scope_separator: z.string().optional(),
  token_response_metadata: z.array(z.string()).readonly().optional(),
  connection_config: configFields.optional(),
  custom: configFields.optional(),
  proxy: z.strictObject({
    base_url: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    query: z.record(z.string(), z.string()).optional(),
  }),
  docs: z.string(),
  categories: z.array(z.string()).readonly(),
  logo_url: z.string(),
});

const search = z
  .string()
  .refine(
    isProviderSearchPattern,
    "May contain letters, digits, spaces, _ - . ^ $ | and at most three of * + ?",
  )
  .max(100);

/**
 * Finds the providers that the caller may see. A connect session sees those of its integrations. Null means
 * all.
 */
async function findVisibleProviders({
  db,
  environmentId,
  connectSession,
}: RequestContext): Promise<ReadonlySet<string> | null> {
  if (connectSession === null || connectSession.allowedIntegrations === null) return null;
  const integrations = await listIntegrations(db, environmentId);
  const allowed = integrations.filter(({ uniqueKey }) => allowsIntegration(connectSession, uniqueKey));
  return new Set(allowed.map(({ provider }) => provider));
}

const listProviders = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/providers",
  scope: anyValidKey,
  acceptsConnectSessions: true,
  summary: "List the providers that integrations can be created for",
  query: z.strictObject({ search: search.optional() }),
  response: { status: 200, schema: z.strictObject({ data: z.array(providerDtoSchema) }) },
  handler: async ({ query, ...context }) => {
    const visible = await findVisibleProviders(context);
    const found = query.search === undefined ? providers : searchProviders(query.search);
    return ok({ data: found.filter(({ name }) => visible?.has(name) ?? true) });
  },
});

const getProvider = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/providers/{provider}",
  scope: anyValidKey,
  acceptsConnectSessions: true,
  summary: "Read a provider that integrations can be created for",
  params: z.strictObject({ provider: providerNameSchema }),
  response: { status: 200, schema: z.strictObject({ data: providerDtoSchema }) },
  handler: async ({ params, ...context }) => {
    const provider = findProvider(params.provider);
    const visible = await findVisibleProviders(context);
    if (provider !== null && (visible?.has(provider.name) ?? true)) return ok({ data: provider });
    return fail({ status: 404, code: "not_found", message: `Unknown provider ${params.provider}` });
  },
});

export const providerRoutes = [listProviders, getProvider];
