import type { z } from "zod";
import type { ConnectSession } from "@/lib/connect/sessions/model";
import type { Result } from "@/lib/infrastructure/result";
import type { ApiError } from "./errors";
import {
  connectSessionOnly,
  type HandlerContext,
  type RouteDeclaration,
  type ScopedRoute,
  scopedRoute,
} from "./scoped-route";

type SessionRouteDeclaration<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Output extends z.ZodType,
> = Omit<
  RouteDeclaration<Params, Query, Headers, Body, Output>,
  "scope" | "credentialsScope" | "acceptsSessions" | "handler"
> & {
  readonly handler: (
    context: HandlerContext<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>> & {
      readonly session: ConnectSession;
    },
  ) => Promise<Result<z.input<Output>, ApiError>>;
};

/** Declares a route that accepts only the token of a connect session, and no API key. */
export function sessionRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Output extends z.ZodType,
>(declaration: SessionRouteDeclaration<Params, Query, Headers, Body, Output>): ScopedRoute {
  return scopedRoute({
    ...declaration,
    scope: connectSessionOnly,
    handler: (context) => {
      const { session } = context;
      if (session === null) throw new Error("a session route was called without a connect session");
      return declaration.handler({ ...context, session });
    },
  });
}
