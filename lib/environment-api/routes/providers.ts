import { z } from "zod";
import { providerNameSchema } from "../../integrations/model";
import { findProvider, providers } from "../../providers/catalogue";
import { authModes } from "../../providers/model";
import { isProviderSearch, searchProviders } from "../../providers/search";
import { fail, ok } from "../../result";
import { anyValidKey, noInput, scopedRoute } from "../scoped-route";

const providerWire = z.strictObject({
  name: z.string(),
  display_name: z.string(),
  auth_mode: z.enum(authModes),
  authorization_url: z.string().optional(),
  token_url: z.string().optional(),
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
  .refine(isProviderSearch, "May hold letters, digits, spaces, _ - . ^ $ | and three of * + ? at most");

const listProviders = scopedRoute({
  ...noInput,
  method: "GET",
  path: "/providers",
  scope: anyValidKey,
  summary: "List the APIs that integrations can be made for",
  query: z.strictObject({ search: search.optional() }),
  success: { status: 200, schema: z.strictObject({ data: z.array(providerWire) }) },
  handler: async ({ query }) =>
    ok({ data: query.search === undefined ? [...providers] : searchProviders(query.search) }),
});

const getProvider = scopedRoute({
  ...noInput,
  method: "GET",
  path: "/providers/{provider}",
  scope: anyValidKey,
  summary: "Read one API that integrations can be made for",
  params: z.strictObject({ provider: providerNameSchema }),
  success: { status: 200, schema: z.strictObject({ data: providerWire }) },
  handler: async ({ params }) => {
    const provider = findProvider(params.provider);
    if (provider !== null) return ok({ data: provider });
    return fail({ status: 404, code: "not_found", message: `Unknown provider ${params.provider}` });
  },
});

export const providerRoutes = [listProviders, getProvider];
