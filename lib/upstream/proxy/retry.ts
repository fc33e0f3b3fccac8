/** The network's failures that a second attempt may not meet. */
const passing: ReadonlySet<string> = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);

const firstWaitMs = 500;
const longestWaitMs = 60_000;

export type RetryPolicy = {
  readonly retries: number;
  /** Statuses worth another attempt besides 429 and those from 500 on. */
  readonly retryOn: readonly number[];
};

export type Outcome =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly code: string };

/**
 * Milliseconds to wait before another attempt, or null when there shall be none. `attempt` counts from 0. A provider's
 * `Retry-After` (seconds or a date, RFC 9110, 10.2.3) is kept to; one beyond a minute ends the attempts.
 */
export function retryWait(
  policy: RetryPolicy,
  attempt: number,
  outcome: Outcome,
  nowMs: number,
): number | null {
  if (attempt >= policy.retries) return null;
  const backoff = Math.min(firstWaitMs * 2 ** attempt, longestWaitMs);
  if ("code" in outcome) return passing.has(outcome.code) ? backoff : null;
  const { status, retryAfter } = outcome;
  if (status !== 429 && status < 500 && !policy.retryOn.includes(status)) return null;
  const asked = retryAfter === undefined ? null : askedWait(retryAfter, nowMs);
  if (asked === null) return backoff;
  return asked > longestWaitMs ? null : asked;
}

function askedWait(retryAfter: string, nowMs: number): number | null {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
