import type { z } from "zod";
import type { ConnectSession } from "@/lib/connect/sessions/model";
import type { Result } from "@/lib/infrastructure/result";
import type { ApiError } from "./errors";
import {
  connectSessionOnly,
  type HandlerContext,
  type JsonRoute,
  jsonRoute,
  type RouteDeclaration,
} from "./route";

type ConnectSessionRouteDeclaration<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Output extends z.ZodType,
> = Omit<
  RouteDeclaration<Params, Query, Headers, Body, Output>,
  "scope" | "credentialsScope" | "acceptsConnectSessions" | "handler"
> & {
  readonly handler: (
    context: HandlerContext<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>> & {
      readonly connectSession: ConnectSession;
    },
  ) => Promise<Result<z.input<Output>, ApiError>>;
};

/** Declares a route that accepts only the token of a connect session, and no API key. */
export function connectSessionRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Output extends z.ZodType,
>(declaration: ConnectSessionRouteDeclaration<Params, Query, Headers, Body, Output>): JsonRoute {
  return jsonRoute({
    ...declaration,
    scope: connectSessionOnly,
    handler: (context) => {
      const { connectSession } = context;
      // Never null: `authenticateCaller` accepts nothing else on this route.
      if (connectSession === null)
        throw new Error("A connect session route was called without a connect session");
      return declaration.handler({ ...context, connectSession });
    },
  });
}
