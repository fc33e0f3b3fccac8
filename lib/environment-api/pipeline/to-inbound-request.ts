import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import type { ApiContext } from "./api-context";

/**
 * Converts a request without reading its body. `path` is the passthrough route's pattern, such as
 * `/proxy/{path}`.
 */
export function toInboundRequest(c: ApiContext, path: string): InboundRequest {
  const { incoming, outgoing } = c.env ?? {};
  return {
    method: c.req.method,
    pathAndQuery: pathAndQueryBelow(path, incoming?.url ?? "", c.req.url),
    headers: c.req.header(),
    body: incoming !== undefined && !declaresBody(incoming.headers) ? null : c.req.raw.body,
    signal: c.req.raw.signal,
    destroySocket: outgoing === undefined ? null : () => outgoing.destroy(),
  };
}

/**
 * True when the headers declare a body (RFC 9112, 6). Needed because Hono's server adapter gives every POST a
 * body stream, also when it has no body.
 */
function declaresBody(headers: Readonly<Record<string, unknown>>): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

/**
 * Returns the path below the route's prefix, with the query. Prefers the raw request target, because in the
 * parsed URL dot segments are resolved and the percent-encoding is normalized.
 */
function pathAndQueryBelow(path: string, rawTarget: string, url: string): string {
  const prefix = path.replace(/\/\{\w+\}$/, "/");
  if (rawTarget.startsWith(prefix)) return rawTarget.slice(prefix.length - 1);
  const { pathname, search } = new URL(url);
  return `${pathname.slice(prefix.length - 1)}${search}`;
}
