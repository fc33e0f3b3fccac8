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
  Answer extends z.ZodType,
> = Omit<
  RouteDeclaration<Params, Query, Headers, Body, Answer>,
  "scope" | "credentialsScope" | "acceptsSessions" | "handler"
> & {
  readonly handler: (
    call: HandlerContext<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>> & {
      readonly session: ConnectSession;
    },
  ) => Promise<Result<z.input<Answer>, ApiError>>;
};

/** Makes a route of the environment API that only the token of a connect session opens. */
export function sessionRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(declaration: SessionRouteDeclaration<Params, Query, Headers, Body, Answer>): ScopedRoute {
  return scopedRoute({
    ...declaration,
    scope: connectSessionOnly,
    handler: (call) => {
      if (call.session === null) throw new Error("The door let a call without a session through");
      return declaration.handler({ ...call, session: call.session });
    },
  });
}
