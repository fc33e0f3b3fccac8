import type { IncomingMessage } from "node:http";

/** What a proxy would tell us, and anybody else only pretends. */
export const forwardedHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Headers by which this server tells the dashboard what it knows; a client's own are dropped. */
export const addressHeader = "x-latchkey-address";
export const pathHeader = "x-latchkey-path";
const internalHeaders = [addressHeader, pathHeader];
const internalAndForwardedHeaders = [...internalHeaders, ...forwardedHeaders];

/**
 * The client's address: the socket's, or behind a trusted proxy the last one of X-Forwarded-For, which that proxy wrote
 * itself (earlier ones are what its client claimed).
 */
export function clientAddress(
  request: Pick<IncomingMessage, "headers" | "socket">,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? lastOf(String(request.headers["x-forwarded-for"] ?? "")) : "";
  const address = forwarded === "" ? (request.socket.remoteAddress ?? "") : forwarded;
  // An IPv4 client of an IPv6 socket.
  return address.startsWith("::ffff:") ? address.replace(/^::ffff:(?=\d+\.)/, "") : address;
}

function lastOf(list: string): string {
  return list.slice(list.lastIndexOf(",") + 1).trim();
}

/**
 * Takes out what a client only claims about itself, in both forms in which Node keeps headers: the API reads the raw
 * ones and Next the parsed. Call it first, once per request.
 */
export function stripUntrustedHeaders(request: IncomingMessage, trustProxy: boolean): void {
  const dropped = trustProxy ? internalHeaders : internalAndForwardedHeaders;
  // Nearly always: the raw list is then left as it is.
  if (!dropped.some((name) => request.headers[name] !== undefined)) return;
  for (const name of dropped) delete request.headers[name];
  request.rawHeaders = request.rawHeaders.filter((_, at, raw) => {
    const name = raw[at - (at % 2)] ?? "";
    return !dropped.includes(name.toLowerCase());
  });
}

/** Tells the dashboard, which sees headers alone, what this server knows. After `dropClaims`. */
export function setInternalHeaders(request: IncomingMessage, trustProxy: boolean): void {
  const told = { [addressHeader]: clientAddress(request, trustProxy), [pathHeader]: request.url ?? "/" };
  for (const [name, value] of Object.entries(told)) {
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
  }
}
