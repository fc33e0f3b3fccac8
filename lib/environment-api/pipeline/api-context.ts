import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Principal } from "@/lib/access/authentication/principal";

/**
 * The Hono environment of the app. `incoming` and `outgoing` are absent when the app is called without a
 * socket.
 */
export type ApiEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    readonly requestId: string;
    /** Set once an API key is authenticated; undefined for connect sessions. */
    readonly principal: Principal | undefined;
  };
};

export type ApiContext = Context<ApiEnv>;

/** Returns the socket's remote address, or null without a socket. */
export function remoteAddress(c: ApiContext): string | null {
  return c.env?.incoming?.socket.remoteAddress ?? null;
}

/**
 * Returns one request header, or null when it is absent. Joins several headers of the same name with commas
 * (Fetch standard, "combine"). Reads the raw headers, because the first `c.req.header()` of a request would
 * build an object of all headers.
 */
export function requestHeader(c: ApiContext, name: Lowercase<string>): string | null {
  const raw = c.env?.incoming?.rawHeaders;
  if (raw === undefined) return c.req.header(name) ?? null;
  let joined: string | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const found = raw[index] ?? "";
    if (found.length !== name.length || found.toLowerCase() !== name) continue;
    const value = raw[index + 1] ?? "";
    joined = joined === null ? value : `${joined}, ${value}`;
  }
  return joined;
}
