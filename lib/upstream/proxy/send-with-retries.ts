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
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
};

const maxRedirects = 10;

/** Sends the request, follows redirects, tries again as the policy says. The response's body is not read yet. */
export async function sendWithRetries(it: SendWithRetriesOptions): Promise<Result<IncomingMessage, Error>> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await followRedirects(it);
    const mayRepeat = !it.signal.aborted && (it.body === null || it.body.canReplay());
    const ms = mayRepeat ? retryDelayMs(it.retryPolicy, attempt, toAttemptOutcome(answer), Date.now()) : null;
    if (ms === null) return answer;
    if (answer.ok) answer.value.destroy();
    try {
      await wait(ms, undefined, { signal: it.signal });
    } catch (error) {
      if (error instanceof Error && it.signal.aborted) return fail(error);
      throw error;
    }
  }
}

async function followRedirects(it: SendWithRetriesOptions): Promise<Result<IncomingMessage, Error>> {
  let hop = it.initialRequest;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sendOnce(it, hop);
    if (!answer.ok) return answer;
    const { statusCode: status = 0, headers } = answer.value;
    const next = toRedirectedRequest(hop, { status, location: headers.location }, it.forwardHeaders);
    const needsBody = next?.bodyHeaders !== null && it.body !== null;
    // A body that is gone cannot follow: then the redirect itself is the answer.
    if (next === null || (needsBody && !it.body.canReplay())) return answer;
    answer.value.destroy();
    if (redirects === maxRedirects) {
      return fail(
        Object.assign(new Error("Too many redirects"), { code: "ERR_FR_TOO_MANY_REDIRECTS" } as const),
      );
    }
    hop = next;
  }
}

async function sendOnce(
  it: SendWithRetriesOptions,
  hop: UpstreamRequest,
): Promise<Result<IncomingMessage, Error>> {
  const body = hop.bodyHeaders === null || it.body === null ? null : it.body.read();
  const outcome = await sendRequest(it.outbound, {
    method: hop.method,
    url: hop.url,
    target: requestTarget(hop),
    headers: {
      "user-agent": "latchkey",
      ...(it.decompress && { "accept-encoding": "gzip, deflate, br" }),
      ...hop.injection.headers,
      ...hop.headers,
      ...hop.bodyHeaders,
    },
    body,
    signal: it.signal,
  });
  if (outcome.ok) return outcome;
  // Nothing was sent at all when the address was refused.
  body?.destroy();
  // A request whose body breaks off looks like a broken connection from here.
  return fail(it.body?.error() ?? outcome.error);
}

function toAttemptOutcome(answer: Result<IncomingMessage, Error>): AttemptOutcome {
  if (!answer.ok) return { code: toErrorCode(answer.error) };
  const { statusCode: status = 0, headers } = answer.value;
  return { status, retryAfter: headers["retry-after"] };
}

/** Node's code of a failure, as in `ECONNREFUSED`. */
export function toErrorCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "ERR_NETWORK";
}
