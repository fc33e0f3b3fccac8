import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseBearerToken } from "@/lib/access/authentication/bearer";
import { forwardedHeaders } from "./client-address";

export type MetricsAccess = "granted" | "wrong token" | "as if not there";

/**
 * Who may read the metrics: whoever has the token or, where there is none, a program of this machine that asks us
 * directly. Ask before forwarded headers are dropped: a proxy on this machine is no such program.
 */
export function checkMetricsAccess(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, "headers"> & { readonly socket: { readonly remoteAddress?: string } },
  token: string | null,
): MetricsAccess {
  if (token !== null) {
    const given = parseBearerToken(headers.authorization ?? null);
    return given.ok && isSame(given.value, token) ? "granted" : "wrong token";
  }
  const isForwarded = forwardedHeaders.some((name) => headers[name] !== undefined);
  return !isForwarded && isLoopback(socket.remoteAddress ?? "") ? "granted" : "as if not there";
}

/** RFC 1122, 3.2.1.3, and RFC 4291, 2.5.3; an IPv6 socket shows IPv4 peers as mapped. */
function isLoopback(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}

/** Takes as long for any two texts. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
