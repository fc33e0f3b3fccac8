import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Principal } from "@/lib/access/authentication/principal";

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

/**
 * One header of the request, several of its name joined as the Fetch standard does ("combine"); null when there is none.
 * Asked through Hono, the first header would have an object made of all of them.
 */
export function requestHeader(c: ApiContext, name: Lowercase<string>): string | null {
  const raw = c.env?.incoming?.rawHeaders;
  if (raw === undefined) return c.req.header(name) ?? null;
  let joined: string | null = null;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const found = raw[at] ?? "";
    if (found.length !== name.length || found.toLowerCase() !== name) continue;
    const value = raw[at + 1] ?? "";
    joined = joined === null ? value : `${joined}, ${value}`;
  }
  return joined;
}
