import { expect } from "@playwright/test";
import type { ClientCall, Setting } from "./client-call";

const read = { scope: "environment:connections:read", route: "GET /connections/{connectionId}" } as const;
const write = "environment:connections:write";

const pair = ({ resources }: Setting) => [resources.integration, resources.connection];
const listed = ({ resources }: Setting) =>
  expect.objectContaining({
    connection_id: resources.connection,
    provider_config_key: resources.integration,
  });
const plan = { plan: "gold" };

export const connectionCalls = {
  listConnections: {
    scope: "environment:connections:list",
    route: "GET /connections",
    args: ({ resources }) => [{ connectionId: resources.connection }],
    returns: (setting) => ({ connections: [listed(setting)] }),
  },
  waitForConnection: {
    scope: "environment:connections:list",
    route: "GET /connections",
    args: ({ resources, endUserId }) => [resources.integration, endUserId],
    returns: listed,
  },
  getConnection: {
    ...read,
    args: (setting) => [...pair(setting), false, true],
    returns: () =>
      expect.objectContaining({
        credentials: expect.objectContaining({
          access_token: "access token",
          refresh_token: "refresh token",
        }),
      }),
    returnsWithoutCredentials: () => expect.objectContaining({ credentials: {} }),
  },
  getToken: {
    ...read,
    args: pair,
    returns: () => "access token",
    returnsWithoutCredentials: () => ({}),
  },
  getRawTokenResponse: {
    ...read,
    args: pair,
    returns: () => ({ access_token: "access token" }),
    returnsWithoutCredentials: () => undefined,
  },
  getMetadata: {
    ...read,
    args: async (setting) => {
      const { integration, connection } = setting.resources;
      await setting.full.setMetadata(integration, connection, plan);
      return pair(setting);
    },
    returns: () => plan,
  },
  setMetadata: {
    scope: write,
    route: "POST /connections/metadata",
    args: (setting) => [...pair(setting), plan],
    returns: () =>
      expect.objectContaining({ status: 201, data: expect.objectContaining({ metadata: plan }) }),
  },
  updateMetadata: {
    scope: write,
    route: "PATCH /connections/metadata",
    args: ({ resources }) => [resources.integration, [resources.connection], plan],
    returns: () =>
      expect.objectContaining({ status: 200, data: expect.objectContaining({ metadata: plan }) }),
  },
  patchConnection: {
    scope: write,
    route: "PATCH /connections/{connectionId}",
    args: ({ resources }) => [
      { connectionId: resources.connection, provider_config_key: resources.integration },
      { tags: { team: "blue" } },
    ],
    returns: () => ({ success: true }),
  },
  deleteConnection: {
    scope: write,
    route: "DELETE /connections/{connectionId}",
    args: pair,
    returns: () => expect.objectContaining({ status: 200, data: { success: true } }),
  },
  createConnectSession: {
    scope: "environment:connect_sessions:write",
    route: "POST /connect/sessions",
    args: ({ resources }) => [{ end_user: { id: "ada" }, allowed_integrations: [resources.integration] }],
    returns: () => ({
      data: expect.objectContaining({ token: expect.stringMatching(/^nango_connect_session_[0-9a-f]{64}$/) }),
    }),
  },
  createReconnectSession: {
    scope: "environment:connect_sessions:write",
    route: "POST /connect/sessions/reconnect",
    args: ({ resources }) => [{ connection_id: resources.connection, integration_id: resources.integration }],
    returns: () => ({ data: expect.objectContaining({ token: expect.any(String) }) }),
  },
} as const satisfies Record<string, ClientCall>;
