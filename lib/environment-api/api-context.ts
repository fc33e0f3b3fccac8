import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Principal } from "../api-keys/principal";

/** What travels with a request through the app. `incoming` is absent when the app is called without a socket. */
export type ApiEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    readonly requestId: string;
    /** Present once the key is known to be valid. */
    readonly principal: Principal | undefined;
  };
};

export type ApiContext = Context<ApiEnv>;

/** The address of the socket's other end. */
export function remoteAddress(c: ApiContext): string | null {
  return c.env?.incoming?.socket.remoteAddress ?? null;
}
