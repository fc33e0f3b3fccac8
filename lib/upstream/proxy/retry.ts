/** Network errors after which another attempt may succeed. */
const transientErrorCodes: ReadonlySet<string> = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);

const initialBackoffMs = 500;
const maxBackoffMs = 60_000;

export type RetryPolicy = {
  readonly retries: number;
  /** Statuses to retry besides 429 and 5xx. */
  readonly retryOn: readonly number[];
};

export type AttemptOutcome =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly code: string };

/**
 * Returns the milliseconds to wait before the next attempt; null when the request must not be sent again.
 * `attempt` counts from 0. The wait doubles with each attempt, unless the provider's response has
 * `Retry-After` (seconds or a date, RFC 9110, 10.2.3). When that is longer than a minute, the request is not
 * sent again.
 */
export function retryDelayMs(
  policy: RetryPolicy,
  attempt: number,
  outcome: AttemptOutcome,
  nowMs: number,
): number | null {
  if (attempt >= policy.retries) return null;
  const backoff = Math.min(initialBackoffMs * 2 ** attempt, maxBackoffMs);
  if ("code" in outcome) return transientErrorCodes.has(outcome.code) ? backoff : null;
  const { status, retryAfter } = outcome;
  if (status !== 429 && status < 500 && !policy.retryOn.includes(status)) return null;
  const retryAfterMs = retryAfter === undefined ? null : parseRetryAfterMs(retryAfter, nowMs);
  if (retryAfterMs === null) return backoff;
  return retryAfterMs > maxBackoffMs ? null : retryAfterMs;
}

function parseRetryAfterMs(retryAfter: string, nowMs: number): number | null {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
