import { createHash, createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import { type ClientCall, type Setting, sendsNoRequest } from "./client-call";

const execute = "environment:actions:execute";
const ada = { name: "Ada" };
const onAction = ({ resources: { integration, connection, action } }: Setting) => [
  integration,
  connection,
  action,
  ada,
];

const proxied = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE") =>
  ({
    scope: "environment:proxy",
    route: "ANY /proxy/{path}",
    args: ({ resources, api }: Setting) => [
      {
        ...{ method, endpoint: "/things?of=mine", baseUrlOverride: api },
        ...{ providerConfigKey: resources.integration, connectionId: resources.connection },
        ...(method !== "GET" && { data: { sent: method } }),
      },
    ],
    returns: () =>
      expect.objectContaining({
        status: 200,
        data: {
          method,
          url: "/things?of=mine",
          authorization: "Bearer access token",
          body: method === "GET" ? "" : JSON.stringify({ sent: method }),
        },
      }),
  }) as const satisfies ClientCall;

const payload = { type: "auth", success: true };

export const actionCalls = {
  getScriptsConfig: {
    scope: "environment:config:read",
    route: "GET /scripts/config",
    args: () => ["nango"],
    returns: ({ resources }) =>
      expect.arrayContaining([expect.objectContaining({ providerConfigKey: resources.integration })]),
  },
  getEnvironmentVariables: {
    scope: "environment:config:read",
    route: "GET /environment-variables",
    args: () => [],
    returns: () => [],
  },
  triggerAction: {
    scope: execute,
    route: "POST /action/trigger",
    args: onAction,
    returns: () => ({ greeting: "Hello Ada" }),
  },
  triggerActionAsync: {
    scope: execute,
    route: "POST /action/trigger",
    args: onAction,
    returns: () => ({
      id: expect.any(String),
      statusUrl: expect.stringMatching(/^\/action\/[0-9a-f-]{36}$/),
    }),
  },
  getAsyncActionResult: {
    scope: execute,
    route: "GET /action/{id}",
    args: ({ resources }) => [{ id: resources.actionRun }],
    returns: () => ({ greeting: "Hello" }),
  },
  proxy: proxied("GET"),
  get: proxied("GET"),
  post: proxied("POST"),
  put: proxied("PUT"),
  patch: proxied("PATCH"),
  delete: proxied("DELETE"),
  verifyWebhookSignature: {
    scope: sendsNoRequest,
    route: null,
    args: ({ secret }) => [
      createHash("sha256")
        .update(`${secret}${JSON.stringify(payload)}`)
        .digest("hex"),
      payload,
    ],
    returns: () => true,
  },
  verifyIncomingWebhookRequest: {
    scope: sendsNoRequest,
    route: null,
    args: ({ secret }) => {
      const body = JSON.stringify(payload);
      return [body, { "X-Nango-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("hex") }];
    },
    returns: () => true,
  },
} as const satisfies Record<string, ClientCall>;
