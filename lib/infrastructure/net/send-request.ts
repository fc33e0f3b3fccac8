import type { LookupAddress } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { createPinnedLookup, type OutboundPolicy, resolveAllowedAddresses } from "./outbound-policy";

export type OutboundRequest = {
  readonly method: string;
  /** http or https. */
  readonly url: URL;
  /** What stands in the request line, when that must not be the URL's normalised path and query. */
  readonly target?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | null;
  readonly signal: AbortSignal;
};

const connectTimeoutMs = 10_000;
/** Without a byte in either direction. */
const idleTimeoutMs = 120_000;

/**
 * Sends one request, with no retry and no redirect, to an address that `outbound` allows, and returns when the
 * response's headers are here. Nothing is decoded and nothing buffered. `node:http` rather than `fetch`: that decodes
 * the body, forbids headers and methods, and cannot be held to the address that was checked.
 */
export async function sendRequest(
  outbound: OutboundPolicy,
  request: OutboundRequest,
): Promise<Result<IncomingMessage, Error>> {
  const addresses = await resolveAllowedAddresses(outbound, request.url.hostname);
  if (!addresses.ok) return addresses;
  return new Promise((resolve) => {
    try {
      startRequest(request, addresses.value, resolve);
    } catch (error) {
      // Node refuses a header or a path that holds what HTTP cannot carry.
      if (!(error instanceof TypeError)) throw error;
      resolve(fail(error));
    }
  });
}

function startRequest(
  { method, url, target, headers, body, signal }: OutboundRequest,
  addresses: readonly LookupAddress[],
  resolve: (outcome: Result<IncomingMessage, Error>) => void,
): void {
  const isSecure = url.protocol === "https:";
  const sent = (isSecure ? requestHttps : requestHttp)({
    method,
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port,
    path: target ?? `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host },
    // Each connection belongs to one request: none that somebody else checked, or did not check, is used again.
    agent: false,
    lookup: createPinnedLookup(addresses),
    signal,
  });
  const giveUp = () => sent.destroy(Object.assign(new Error("Timed out"), { code: "ETIMEDOUT" }));
  const connecting = setTimeout(giveUp, connectTimeoutMs);
  sent.once("socket", (socket) => {
    socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(connecting));
  });
  sent.once("close", () => clearTimeout(connecting));
  sent.setTimeout(idleTimeoutMs, giveUp);
  sent.once("response", (response) => resolve(ok(response)));
  // Stays for what comes after the response, which the response's own reader sees too.
  sent.on("error", (error) => resolve(fail(error)));
  if (body === null) sent.end();
  else pipeline(body, sent, () => {});
}
