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
  /** The request target, if it must be sent unchanged and not as the URL's normalized path and query. */
  readonly target?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | null;
  readonly signal: AbortSignal;
};

const connectTimeoutMs = 10_000;

/** Maximum milliseconds without a byte in either direction. */
const idleTimeoutMs = 120_000;

/**
 * Sends one request to an address that the policy allows. Does not retry or follow redirects. Resolves when
 * the response headers have arrived; the body is neither decoded nor buffered. Uses `node:http`, because
 * `fetch` decodes the body, forbids some headers and methods, and cannot be made to connect to the checked
 * address.
 */
export async function sendRequest(
  outboundPolicy: OutboundPolicy,
  request: OutboundRequest,
): Promise<Result<IncomingMessage, Error>> {
  const addresses = await resolveAllowedAddresses(outboundPolicy, request.url.hostname);
  if (!addresses.ok) return addresses;
  return new Promise((resolve) => {
    try {
      startRequest(request, addresses.value, resolve);
    } catch (error) {
      // Node throws a TypeError for a header or path with characters that HTTP does not allow.
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
  const clientRequest = (isSecure ? requestHttps : requestHttp)({
    method,
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port,
    path: target ?? `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host },
    // A connection for this request only: a reused one could go to an address that was not checked for it.
    agent: false,
    lookup: createPinnedLookup(addresses),
    signal,
  });
  const destroyOnTimeout = () =>
    clientRequest.destroy(Object.assign(new Error("Timed out"), { code: "ETIMEDOUT" }));
  const connectTimer = setTimeout(destroyOnTimeout, connectTimeoutMs);
  clientRequest.once("socket", (socket) => {
    socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(connectTimer));
  });
  clientRequest.once("close", () => clearTimeout(connectTimer));
  clientRequest.setTimeout(idleTimeoutMs, destroyOnTimeout);
  clientRequest.once("response", (response) => resolve(ok(response)));
  // Also receives errors after the response has begun. They change nothing here (the promise is resolved),
  // but without a handler they would end the process. The consumer of the response receives them too.
  clientRequest.on("error", (error) => resolve(fail(error)));
  if (body === null) clientRequest.end();
  // An error of the body destroys the request, whose handler above receives it.
  else pipeline(body, clientRequest, () => {});
}
