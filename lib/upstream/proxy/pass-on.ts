import type { Outbound } from "@/lib/infrastructure/net/outbound";
import type { UnreadRequest } from "@/lib/infrastructure/net/unread-request";
import { toResponse } from "./answer";
import type { CallHeaders } from "./call-headers";
import { errorCode, exchange } from "./exchange";
import { firstHop, type Hop, shownUrl } from "./hop";
import { type Injection, nothingInjected } from "./injection";
import { passedHeaders } from "./passed-headers";
import { replayableBody } from "./replayable-body";

/** Bytes of a body that are kept to send it again. */
const keepBytes = 1024 * 1024;

export type Passage = {
  readonly outbound: Outbound;
  readonly base: URL;
  readonly injection: Injection;
  readonly request: UnreadRequest;
  readonly how: CallHeaders;
  readonly maxBodyBytes: number;
};

/** The provider's response to a caller's request, or the failure that kept it from us. */
export async function passOn(passage: Passage): Promise<Response | Error> {
  const { request, how, maxBodyBytes } = passage;
  const decompress = how.decompress ?? false;
  const answer = await exchange({
    outbound: passage.outbound,
    first: hopOf(passage),
    body: request.body === null ? null : replayableBody(request.body, { keepBytes, maxBytes: maxBodyBytes }),
    decompress,
    forwardHeaders: how["forward-headers-on-redirect"] ?? true,
    policy: { retries: how.retries ?? 0, retryOn: how["retry-on"] ?? [] },
    signal: request.signal,
  });
  if (!answer.ok) return answer.error;
  if (!isStatus(answer.value.statusCode ?? 0)) {
    answer.value.destroy();
    return Object.assign(new Error("The status is none of HTTP's"), { code: "ERR_BAD_STATUS" } as const);
  }
  return toResponse(answer.value, { method: request.method, decompress, cut: request.cut });
}

/** RFC 9110, 15: three digits, of which the first is 1 to 5; those from 100 never end an exchange. */
function isStatus(status: number): boolean {
  return status >= 200 && status <= 599;
}

function hopOf({ base, request, injection }: Pick<Passage, "base" | "request" | "injection">): Hop {
  const headers = passedHeaders(request.headers);
  return firstHop(base, request.rest, {
    method: request.method,
    headers: request.body === null ? headers : { ...bodyType(request.headers), ...headers },
    injection,
    bodyHeaders: request.body === null ? null : framing(request.headers),
  });
}

/** The bytes mean nothing without their type, so it goes along unless `Nango-Proxy-Content-Type` says another. */
function bodyType(headers: UnreadRequest["headers"]): Record<string, string> {
  const names = ["content-type", "content-encoding"];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

function framing({ "content-length": length }: UnreadRequest["headers"]): Record<string, string> {
  return length === undefined ? { "transfer-encoding": "chunked" } : { "content-length": length };
}

/** The contract's form of a failure of the network, without a stack and without a credential. */
export function networkFailure(error: Error, base: URL, request: UnreadRequest): Response {
  const url = shownUrl(hopOf({ base, request, injection: nothingInjected }));
  const code = errorCode(error);
  const message = `The request to ${base.host} failed: ${code}`;
  return Response.json({ message, code, status: null, url, method: request.method }, { status: 500 });
}
