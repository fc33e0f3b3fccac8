import type { Nango } from "@nangohq/node";
import type { Nango as NextNango } from "@nangohq/node-next";
import { expect } from "@playwright/test";
import { actionCalls } from "./actions";
import type { ClientCall } from "./client-call";
import { connectionCalls } from "./connections";
import { integrationCalls } from "./integrations";
import { syncCalls } from "./syncs";

type MethodOf<Client> = {
  [Name in keyof Client]-?: Client[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Client];

/** Every public method of the client: it does not compile when one is missing, or is no method any more. */
export const clientCalls = {
  ...integrationCalls,
  ...connectionCalls,
  ...syncCalls,
  ...actionCalls,
  // `http` is axios itself, which can be called.
} as const satisfies Record<Exclude<MethodOf<Nango>, "http">, ClientCall>;

/** What the 0.71 client has besides and the API answers. */
export const nextCalls = {
  createQuickstartIntegration: {
    scope: "environment:integrations:write",
    route: "POST /integrations/quickstart",
    args: ({ resources }) => [{ provider: "slack", unique_key: `${resources.integration}-new` }],
    returns: () => ({ data: expect.objectContaining({ provider: "slack" }) }),
  },
} as const satisfies Partial<Record<MethodOf<NextNango>, ClientCall>>;

/** What it has besides and no environment API of ours answers: function templates and function management. */
export const unservedNextMethods = [
  "getProviderTemplates",
  "listFunctions",
  "getFunction",
  "getFunctionCode",
  "deleteFunction",
] as const satisfies readonly MethodOf<NextNango>[];
