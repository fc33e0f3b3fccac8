import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { type CredentialInjection, noInjection } from "./credential-injection";
import { toForwardedHeaders } from "./forwarded-headers";
import type { ProxyHeaders } from "./proxy-headers";
import { createReplayableBody } from "./replayable-body";
import { toResponse } from "./response";
import { sendWithRetries, toErrorCode } from "./send-with-retries";
import { createInitialRequest, type UpstreamRequest, urlWithoutCredentials } from "./upstream-request";

/** Largest request body, in bytes, that is kept for a retry or a redirect. */
const maxReplayBytes = 1024 * 1024;

export type ForwardRequestOptions = {
  readonly outbound: OutboundPolicy;
  readonly baseUrl: URL;
  readonly injection: CredentialInjection;
  readonly request: InboundRequest;
  readonly proxyHeaders: ProxyHeaders;
  readonly maxBodyBytes: number;
};

/**
 * Forwards a caller's request to the provider and returns the provider's response. Returns an Error when
 * there is no valid response: after a network error, for a private address, for a request body larger than
 * `maxBodyBytes`, and for an invalid HTTP status.
 */
export async function forwardRequest(options: ForwardRequestOptions): Promise<Response | Error> {
  const { request, proxyHeaders, maxBodyBytes } = options;
  const decompress = proxyHeaders.decompress ?? false;
  const result = await sendWithRetries({
    outbound: options.outbound,
    initialRequest: toUpstreamRequest(options),
    body:
      request.body === null
        ? null
        : createReplayableBody(request.body, { keepBytes: maxReplayBytes, maxBytes: maxBodyBytes }),
    decompress,
    forwardHeaders: proxyHeaders["forward-headers-on-redirect"] ?? true,
    retryPolicy: { retries: proxyHeaders.retries ?? 0, retryOn: proxyHeaders["retry-on"] ?? [] },
    signal: request.signal,
  });
  if (!result.ok) return result.error;
  const providerResponse = result.value;
  if (!isFinalStatus(providerResponse.statusCode ?? 0)) {
    providerResponse.destroy();
    return Object.assign(new Error("The provider sent an invalid HTTP status"), {
      code: "ERR_BAD_STATUS",
    } as const);
  }
  return toResponse(providerResponse, {
    method: request.method,
    decompress,
    destroySocket: request.destroySocket,
  });
}

/** Statuses below 200 are interim, and statuses above 599 are invalid (RFC 9110, 15). */
function isFinalStatus(status: number): boolean {
  return status >= 200 && status <= 599;
}

function toUpstreamRequest({
  baseUrl,
  request,
  injection,
}: Pick<ForwardRequestOptions, "baseUrl" | "request" | "injection">): UpstreamRequest {
  const headers = toForwardedHeaders(request.headers);
  return createInitialRequest(baseUrl, request.pathAndQuery, {
    method: request.method,
    // `Nango-Proxy-Content-Type` replaces the caller's own Content-Type, so `headers` comes last.
    headers: request.body === null ? headers : { ...contentHeaders(request.headers), ...headers },
    injection,
    bodyHeaders: request.body === null ? null : framingHeaders(request.headers),
  });
}

/** Returns the caller's own Content-Type and Content-Encoding. */
function contentHeaders(headers: InboundRequest["headers"]): Record<string, string> {
  const names = ["content-type", "content-encoding"];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

function framingHeaders({ "content-length": length }: InboundRequest["headers"]): Record<string, string> {
  return length === undefined ? { "transfer-encoding": "chunked" } : { "content-length": length };
}

/**
 * Creates the response to a network error (docs/environment-api.md, "19. proxy"). It contains no stack trace
 * and no credentials.
 */
export function networkErrorResponse(error: Error, baseUrl: URL, request: InboundRequest): Response {
  const url = urlWithoutCredentials(toUpstreamRequest({ baseUrl, request, injection: noInjection }));
  const code = toErrorCode(error);
  const message = `The request to ${baseUrl.host} failed: ${code}`;
  return Response.json({ message, code, status: null, url, method: request.method }, { status: 500 });
}
