import type { InboundRequest } from "@/lib/infrastructure/net/inbound-request";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { type CredentialInjection, noInjection } from "./credential-injection";
import { toForwardedHeaders } from "./forwarded-headers";
import type { ProxyHeaders } from "./proxy-headers";
import { createReplayableBody } from "./replayable-body";
import { toResponse } from "./response";
import { sendWithRetries, toErrorCode } from "./send-with-retries";
import { createInitialRequest, type UpstreamRequest, urlWithoutCredentials } from "./upstream-request";

/** Bytes of a body that are kept to send it again. */
const maxReplayBytes = 1024 * 1024;

export type ForwardRequestOptions = {
  readonly outbound: OutboundPolicy;
  readonly baseUrl: URL;
  readonly injection: CredentialInjection;
  readonly request: InboundRequest;
  readonly proxyHeaders: ProxyHeaders;
  readonly maxBodyBytes: number;
};

/** The provider's response to a caller's request, or the failure that kept it from us. */
export async function forwardRequest(passage: ForwardRequestOptions): Promise<Response | Error> {
  const { request, proxyHeaders, maxBodyBytes } = passage;
  const decompress = proxyHeaders.decompress ?? false;
  const answer = await sendWithRetries({
    outbound: passage.outbound,
    initialRequest: toInitialRequest(passage),
    body:
      request.body === null
        ? null
        : createReplayableBody(request.body, { keepBytes: maxReplayBytes, maxBytes: maxBodyBytes }),
    decompress,
    forwardHeaders: proxyHeaders["forward-headers-on-redirect"] ?? true,
    retryPolicy: { retries: proxyHeaders.retries ?? 0, retryOn: proxyHeaders["retry-on"] ?? [] },
    signal: request.signal,
  });
  if (!answer.ok) return answer.error;
  if (!isFinalStatus(answer.value.statusCode ?? 0)) {
    answer.value.destroy();
    return Object.assign(new Error("The status is none of HTTP's"), { code: "ERR_BAD_STATUS" } as const);
  }
  return toResponse(answer.value, {
    method: request.method,
    decompress,
    destroyConnection: request.destroyConnection,
  });
}

/** RFC 9110, 15: three digits, of which the first is 1 to 5; those from 100 never end an exchange. */
function isFinalStatus(status: number): boolean {
  return status >= 200 && status <= 599;
}

function toInitialRequest({
  baseUrl,
  request,
  injection,
}: Pick<ForwardRequestOptions, "baseUrl" | "request" | "injection">): UpstreamRequest {
  const headers = toForwardedHeaders(request.headers);
  return createInitialRequest(baseUrl, request.pathAndQuery, {
    method: request.method,
    headers: request.body === null ? headers : { ...contentTypeHeaders(request.headers), ...headers },
    injection,
    bodyHeaders: request.body === null ? null : framingHeaders(request.headers),
  });
}

/** The bytes mean nothing without their type, so it goes along unless `Nango-Proxy-Content-Type` says another. */
function contentTypeHeaders(headers: InboundRequest["headers"]): Record<string, string> {
  const names = ["content-type", "content-encoding"];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

function framingHeaders({ "content-length": length }: InboundRequest["headers"]): Record<string, string> {
  return length === undefined ? { "transfer-encoding": "chunked" } : { "content-length": length };
}

/** The contract's form of a failure of the network, without a stack and without a credential. */
export function networkErrorResponse(error: Error, base: URL, request: InboundRequest): Response {
  const url = urlWithoutCredentials(toInitialRequest({ baseUrl: base, request, injection: noInjection }));
  const code = toErrorCode(error);
  const message = `The request to ${base.host} failed: ${code}`;
  return Response.json({ message, code, status: null, url, method: request.method }, { status: 500 });
}
