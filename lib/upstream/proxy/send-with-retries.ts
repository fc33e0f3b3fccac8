import type { IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { sendRequest } from "@/lib/infrastructure/net/send-request";
import { fail, type Result } from "@/lib/infrastructure/result";
import type { ReplayableBody } from "./replayable-body";
import { type AttemptOutcome, type RetryPolicy, retryDelayMs } from "./retry";
import { requestTarget, toRedirectedRequest, type UpstreamRequest } from "./upstream-request";

export type SendWithRetriesOptions = {
  readonly outbound: OutboundPolicy;
  readonly initialRequest: UpstreamRequest;
  readonly body: ReplayableBody | null;
  readonly decompress: boolean;
  readonly forwardHeaders: boolean;
  readonly retryPolicy: RetryPolicy;
  /** Aborted when the caller disconnects. */
  readonly signal: AbortSignal;
};

const maxRedirects = 10;

/**
 * Sends the request, follows redirects and retries by the policy. The body of the returned response has not
 * been read.
 */
export async function sendWithRetries(
  options: SendWithRetriesOptions,
): Promise<Result<IncomingMessage, Error>> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await followRedirects(options);
    const canRepeat = !options.signal.aborted && (options.body === null || options.body.canReplay());
    const delayMs = canRepeat
      ? retryDelayMs(options.retryPolicy, attempt, toAttemptOutcome(response), Date.now())
      : null;
    if (delayMs === null) return response;
    if (response.ok) response.value.destroy();
    try {
      await wait(delayMs, undefined, { signal: options.signal });
    } catch (error) {
      if (error instanceof Error && options.signal.aborted) return fail(error);
      throw error;
    }
  }
}

async function followRedirects(options: SendWithRetriesOptions): Promise<Result<IncomingMessage, Error>> {
  let request = options.initialRequest;
  for (let redirects = 0; ; redirects += 1) {
    const response = await sendOnce(options, request);
    if (!response.ok) return response;
    const { statusCode: status = 0, headers } = response.value;
    const next = toRedirectedRequest(request, { status, location: headers.location }, options.forwardHeaders);
    const needsBody = next?.bodyHeaders !== null && options.body !== null;
    // When the body cannot be sent again, the caller gets the redirect itself.
    if (next === null || (needsBody && !options.body.canReplay())) return response;
    response.value.destroy();
    if (redirects === maxRedirects) {
      return fail(
        Object.assign(new Error("Too many redirects"), { code: "ERR_FR_TOO_MANY_REDIRECTS" } as const),
      );
    }
    request = next;
  }
}

async function sendOnce(
  options: SendWithRetriesOptions,
  request: UpstreamRequest,
): Promise<Result<IncomingMessage, Error>> {
  const body = request.bodyHeaders === null || options.body === null ? null : options.body.read();
  const outcome = await sendRequest(options.outbound, {
    method: request.method,
    url: request.url,
    target: requestTarget(request),
    headers: {
      "user-agent": "latchkey",
      ...(options.decompress && { "accept-encoding": "gzip, deflate, br" }),
      ...request.injection.headers,
      ...request.headers,
      ...request.bodyHeaders,
    },
    body,
    signal: options.signal,
  });
  if (outcome.ok) return outcome;
  // When nothing was sent, as for an address that is not allowed, the stream is still open.
  body?.destroy();
  // An error of the request body has also broken the connection. Return the cause, not the connection error.
  return fail(options.body?.error() ?? outcome.error);
}

function toAttemptOutcome(response: Result<IncomingMessage, Error>): AttemptOutcome {
  if (!response.ok) return { code: toErrorCode(response.error) };
  const { statusCode: status = 0, headers } = response.value;
  return { status, retryAfter: headers["retry-after"] };
}

/** Returns Node's error code, such as `ECONNREFUSED`; "ERR_NETWORK" for an error without one. */
export function toErrorCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "ERR_NETWORK";
}
