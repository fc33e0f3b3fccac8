import type { IncomingMessage } from "node:http";

/** Headers that a reverse proxy sets. Any other client may forge them. */
export const forwardedHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/* This server passes the client's address and the request's path to the dashboard in these headers. */
const addressHeader = "x-latchkey-address";
const pathHeader = "x-latchkey-path";
const internalHeaders = [addressHeader, pathHeader];
const internalAndForwardedHeaders = [...internalHeaders, ...forwardedHeaders];

/**
 * Returns the client's IP address: the socket's or, behind a trusted proxy, the last entry of
 * X-Forwarded-For. The proxy has added that entry; the entries before it came from its client and may be
 * forged.
 */
export function clientAddress(
  request: Pick<IncomingMessage, "headers" | "socket">,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? lastEntry(String(request.headers["x-forwarded-for"] ?? "")) : "";
  const address = forwarded === "" ? (request.socket.remoteAddress ?? "") : forwarded;
  // An IPv6 socket reports an IPv4 client as ::ffff:a.b.c.d.
  return address.startsWith("::ffff:") ? address.replace(/^::ffff:(?=\d+\.)/, "") : address;
}

function lastEntry(list: string): string {
  return list.slice(list.lastIndexOf(",") + 1).trim();
}

/**
 * Removes the internal headers and, unless a trusted proxy sets them, the forwarding headers. Removes them
 * from both lists in which Node keeps the headers: the API reads the raw ones, Next the parsed ones. Call it
 * once per request, before `setInternalHeaders`.
 */
export function stripUntrustedHeaders(request: IncomingMessage, trustProxy: boolean): void {
  const untrusted = trustProxy ? internalHeaders : internalAndForwardedHeaders;
  // The usual case: there is nothing to remove, so the raw list is not copied.
  if (!untrusted.some((name) => request.headers[name] !== undefined)) return;
  for (const name of untrusted) delete request.headers[name];
  request.rawHeaders = request.rawHeaders.filter((_, index, raw) => {
    // Names and values alternate: of a value, this is the name before it.
    const name = raw[index - (index % 2)] ?? "";
    return !untrusted.includes(name.toLowerCase());
  });
}

/**
 * Sets the client's address and the request's path as headers, because the dashboard's pages can read only
 * the headers of a request. Call it after `stripUntrustedHeaders`.
 */
export function setInternalHeaders(request: IncomingMessage, trustProxy: boolean): void {
  const internal = { [addressHeader]: clientAddress(request, trustProxy), [pathHeader]: request.url ?? "/" };
  for (const [name, value] of Object.entries(internal)) {
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
  }
}
