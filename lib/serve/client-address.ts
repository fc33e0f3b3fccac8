import type { IncomingMessage } from "node:http";

/** What a proxy would tell us, and anybody else only pretends. */
const forwardedHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Headers by which this server tells the API and the dashboard what it knows; a client's own are dropped. */
export const addressHeader = "x-latchkey-address";
export const pathHeader = "x-latchkey-path";

/**
 * The client's address: the socket's, or behind a trusted proxy the last one of X-Forwarded-For, which that proxy wrote
 * itself (earlier ones are what its client claimed).
 */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers["x-forwarded-for"] ?? "") : "";
  const last = forwarded.split(",").at(-1)?.trim() ?? "";
  const address = last === "" ? (request.socket.remoteAddress ?? "") : last;
  // An IPv4 client of an IPv6 socket.
  return address.replace(/^::ffff:(?=\d+\.)/, "");
}

/**
 * Replaces what a client says about itself by what is so, in both forms in which Node keeps headers: the API reads the
 * raw ones and Next the parsed. Call it first, once per request.
 */
export function tellOrigin(request: IncomingMessage, trustProxy: boolean): void {
  const ours = { [addressHeader]: clientAddress(request, trustProxy), [pathHeader]: request.url ?? "/" };
  const dropped = new Set([...Object.keys(ours), ...(trustProxy ? [] : forwardedHeaders)]);
  const raw: string[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? "";
    if (!dropped.has(name.toLowerCase())) raw.push(name, request.rawHeaders[at + 1] ?? "");
  }
  for (const name of dropped) delete request.headers[name];
  for (const [name, value] of Object.entries(ours)) {
    request.headers[name] = value;
    raw.push(name, value);
  }
  request.rawHeaders = raw;
}
