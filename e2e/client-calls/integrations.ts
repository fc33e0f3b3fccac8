import { expect } from "@playwright/test";
import { anyValidKey } from "@/lib/environment-api/pipeline/route";
import type { ClientCall, Setting } from "./client-call";

const github = expect.objectContaining({ name: "github", auth_mode: "OAUTH2" });
const key = ({ resources }: Setting) => resources.integration;

export const integrationCalls = {
  listProviders: {
    scope: anyValidKey,
    route: "GET /providers",
    args: () => [{ search: "github" }],
    returns: () => ({ data: [github] }),
  },
  getProvider: {
    scope: anyValidKey,
    route: "GET /providers/{provider}",
    args: () => [{ provider: "github" }],
    returns: () => ({ data: github }),
  },
  listIntegrations: {
    scope: "environment:integrations:list",
    route: "GET /integrations",
    args: () => [],
    returns: (setting) => ({
      configs: expect.arrayContaining([expect.objectContaining({ unique_key: key(setting) })]),
    }),
  },
  getIntegration: {
    scope: "environment:integrations:read",
    route: "GET /integrations/{uniqueKey}",
    args: (setting) => [{ uniqueKey: key(setting) }, { include: ["credentials"] }],
    returns: (setting) => ({
      data: expect.objectContaining({
        unique_key: key(setting),
        credentials: expect.objectContaining({ client_secret: "client secret" }),
      }),
    }),
    returnsWithoutCredentials: () => ({
      data: expect.not.objectContaining({ credentials: expect.anything() }),
    }),
  },
  createIntegration: {
    scope: "environment:integrations:write",
    route: "POST /integrations",
    args: (setting) => [{ provider: "twilio", unique_key: `${key(setting)}-new` }],
    returns: (setting) => ({
      data: expect.objectContaining({ unique_key: `${key(setting)}-new`, provider: "twilio" }),
    }),
  },
  updateIntegration: {
    scope: "environment:integrations:write",
    route: "PATCH /integrations/{uniqueKey}",
    args: (setting) => [{ uniqueKey: key(setting) }, { display_name: "Code" }],
    returns: () => ({ data: expect.objectContaining({ display_name: "Code" }) }),
  },
  deleteIntegration: {
    scope: "environment:integrations:write",
    route: "DELETE /integrations/{uniqueKey}",
    args: (setting) => [key(setting)],
    returns: () => expect.objectContaining({ status: 200, data: { success: true } }),
  },
} as const satisfies Record<string, ClientCall>;
