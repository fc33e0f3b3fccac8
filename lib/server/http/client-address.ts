import type { IncomingMessage } from "node:http";

/** Headers that a reverse proxy sets. Anything else that sends them may forge them. */
export const forwardedHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Headers by which this server passes the client's address and the request's path to the dashboard. */
const addressHeader = "x-latchkey-address";
const pathHeader = "x-latchkey-path";
const internalHeaders = [addressHeader, pathHeader];
const internalAndForwardedHeaders = [...internalHeaders, ...forwardedHeaders];

/**
 * Returns the client's IP address: the socket's or, behind a trusted proxy, the last entry of
 * X-Forwarded-For. The proxy wrote that entry itself; earlier entries came from its client and may be forged.
 */
export function clientAddress(
  request: Pick<IncomingMessage, "headers" | "socket">,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? lastEntry(String(request.headers["x-forwarded-for"] ?? "")) : "";
  const address = forwarded === "" ? (request.socket.remoteAddress ?? "") : forwarded;
  // An IPv4 client of an IPv6 socket is shown as ::ffff:a.b.c.d.
  return address.startsWith("::ffff:") ? address.replace(/^::ffff:(?=\d+\.)/, "") : address;
}

function lastEntry(list: string): string {
  return list.slice(list.lastIndexOf(",") + 1).trim();
}

/**
 * Removes forwarding headers, unless a trusted proxy set them, and internal headers. Removes them from both
 * forms in which Node keeps headers: the API reads the raw ones and Next the parsed ones. Call it once per
 * request, before `setInternalHeaders`.
 */
export function stripUntrustedHeaders(request: IncomingMessage, trustProxy: boolean): void {
  const untrusted = trustProxy ? internalHeaders : internalAndForwardedHeaders;
  // The usual case: there is nothing to remove, and the raw list need not be copied.
  if (!untrusted.some((name) => request.headers[name] !== undefined)) return;
  for (const name of untrusted) delete request.headers[name];
  request.rawHeaders = request.rawHeaders.filter((_, at, raw) => {
    const name = raw[at - (at % 2)] ?? "";
    return !untrusted.includes(name.toLowerCase());
  });
}

/**
 * Sets the client's address and the request's path as headers: the dashboard's pages can read nothing else of
 * a request. Call it after `stripUntrustedHeaders`.
 */
export function setInternalHeaders(request: IncomingMessage, trustProxy: boolean): void {
  const internal = { [addressHeader]: clientAddress(request, trustProxy), [pathHeader]: request.url ?? "/" };
  for (const [name, value] of Object.entries(internal)) {
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
  }
}
