import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import type { ApiContext } from "./api-context";

/** The request for a route that passes it on. `path` is the route's, as in `/proxy/{path}`. */
export function unreadRequest(c: ApiContext, path: string): InboundRequest {
  const { incoming, outgoing } = c.env ?? {};
  return {
    method: c.req.method,
    pathAndQuery: restOf(path, incoming?.url ?? "", c.req.url),
    headers: c.req.header(),
    body: incoming !== undefined && !announcesBody(incoming.headers) ? null : c.req.raw.body,
    signal: c.req.raw.signal,
    destroyConnection: outgoing === undefined ? null : () => outgoing.destroy(),
  };
}

/** The server gives every POST a body; HTTP tells one by its length or its framing (RFC 9112, 6). */
function announcesBody(headers: Readonly<Record<string, unknown>>): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

/** From the socket's own words where they lead to this route: the parsed address has dots and percents put in order. */
function restOf(path: string, sent: string, parsed: string): string {
  const start = path.replace(/\/\{\w+\}$/, "/");
  if (sent.startsWith(start)) return sent.slice(start.length - 1);
  const { pathname, search } = new URL(parsed);
  return `${pathname.slice(start.length - 1)}${search}`;
}
