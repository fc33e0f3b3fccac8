/** The network's failures that a second attempt may not meet. */
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
  /** Statuses worth another attempt besides 429 and those from 500 on. */
  readonly retryOn: readonly number[];
};

export type AttemptOutcome =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly code: string };

/**
 * Milliseconds to wait before another attempt, or null when there shall be none. `attempt` counts from 0. A provider's
 * `Retry-After` (seconds or a date, RFC 9110, 10.2.3) is kept to; one beyond a minute ends the attempts.
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
  const asked = retryAfter === undefined ? null : parseRetryAfterMs(retryAfter, nowMs);
  if (asked === null) return backoff;
  return asked > maxBackoffMs ? null : asked;
}

function parseRetryAfterMs(retryAfter: string, nowMs: number): number | null {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
