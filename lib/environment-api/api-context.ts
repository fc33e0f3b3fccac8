import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Principal } from "../api-keys/principal";
import type { ApiFailure } from "./errors";
import { errorBody } from "./errors";
import type { ScopedRoute } from "./scoped-route";

/** What travels with a request through the app. `incoming` is absent when the app is called without a socket. */
export type ApiEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    readonly requestId: string;
    /** The pattern of the route that answers, never the address asked for; absent when there is none. */
    readonly route: string | undefined;
    /** What that route asks for. */
    readonly scope: ScopedRoute["scope"] | undefined;
    /** Present once the key is known to be valid. */
    readonly principal: Principal | undefined;
  };
};

export type ApiContext = Context<ApiEnv>;

/** The address of the socket's other end. */
export function remoteAddress(c: ApiContext): string | null {
  return c.env?.incoming?.socket.remoteAddress ?? null;
}

/** Answers with a failure, in the one form that failures have. */
export function refuse(c: ApiContext, failure: ApiFailure): Response {
  return c.json(errorBody(failure), failure.status, failure.headers);
}
