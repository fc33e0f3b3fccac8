import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseBearerToken } from "@/lib/access/authentication/bearer";
import { forwardedHeaders } from "./client-address";

export type MetricsAccess = "granted" | "unauthenticated" | "hidden";

/**
 * Checks whether a request may read the metrics. If a token is configured, the request must have it.
 * Otherwise only programs on this machine that connect directly get the metrics; for other clients the route
 * is hidden, as if it did not exist. Call it before forwarding headers are removed: they show that a proxy on
 * this machine forwards the request of another client.
 */
export function checkMetricsAccess(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, "headers"> & { readonly socket: { readonly remoteAddress?: string | undefined } },
  token: string | null,
): MetricsAccess {
  if (token !== null) {
    const bearer = parseBearerToken(headers.authorization ?? null);
    return bearer.ok && isSame(bearer.value, token) ? "granted" : "unauthenticated";
  }
  const isForwarded = forwardedHeaders.some((name) => headers[name] !== undefined);
  return !isForwarded && isLoopback(socket.remoteAddress ?? "") ? "granted" : "hidden";
}

/**
 * True for loopback addresses (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). An IPv6 socket reports IPv4 clients as
 * ::ffff:a.b.c.d.
 */
function isLoopback(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}

/** Compares in constant time. Hashes both first, because `timingSafeEqual` requires equal lengths. */
function isSame(bearer: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(bearer), digest(expected));
}
