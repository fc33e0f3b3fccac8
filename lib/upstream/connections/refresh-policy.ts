import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshError } from "./model";

export type RefreshOptions = {
  /** True when new credentials are wanted even though the current ones have not expired. */
  readonly force: boolean;
  /**
   * Time of the call. The outcome of a refresh that ended later counts, even if another caller started it.
   */
  readonly requestedAt: Date;
  /** The version of the integration's addresses to which the credentials will be sent. Default: the current one. */
  readonly addressVersion?: number | undefined;
};

export type RefreshState = {
  readonly credentials: Credentials;
  readonly refreshedAt: Date | null;
  readonly refreshFailure: RefreshError | null;
};

/** A token that expires within this time is refreshed: it could expire on its way to the provider. */
const expiryMarginMs = 60_000;

const initialBackoffMs = 30_000;
const maxBackoffMs = 3_600_000;

/** "failed": the last refresh failed, and the next one must wait. `failure` is its error. */
export type RefreshDecision =
  | { readonly kind: "not_needed" }
  | { readonly kind: "due" }
  | { readonly kind: "failed"; readonly failure: RefreshError };

/**
 * Decides whether credentials must be refreshed. After a failure the next refresh waits 30 seconds, doubled
 * with each further failure up to an hour, unless `force` is set. Credentials that cannot be refreshed never
 * need a refresh.
 */
export function decideRefresh(
  { credentials, refreshedAt, refreshFailure: failure }: RefreshState,
  { force, requestedAt }: RefreshOptions,
  now: Date,
): RefreshDecision {
  if (!isRefreshable(credentials)) return { kind: "not_needed" };
  if (refreshedAt !== null && refreshedAt >= requestedAt) return { kind: "not_needed" };
  if (failure !== null && Date.parse(failure.at) >= requestedAt.getTime()) return { kind: "failed", failure };
  if (force) return { kind: "due" };
  if (!expiresBy(credentials, now.getTime() + expiryMarginMs)) return { kind: "not_needed" };
  if (failure !== null && now.getTime() < Date.parse(failure.at) + backoffMs(failure.failures)) {
    return { kind: "failed", failure };
  }
  return { kind: "due" };
}

export type RefreshableCredentials =
  | (Extract<Credentials, { type: "OAUTH2" }> & { readonly refresh_token: string })
  | Extract<Credentials, { type: "OAUTH2_CC" }>;

/** True when the credentials can be refreshed: a refresh token or client credentials exist. */
export function isRefreshable(credentials: Credentials): credentials is RefreshableCredentials {
  const { type } = credentials;
  return type === "OAUTH2_CC" || (type === "OAUTH2" && credentials.refresh_token !== undefined);
}

/** True unless the credentials are known to have expired. Some have no known expiry. */
export function hasNotExpired(credentials: Credentials, now: Date): boolean {
  return !expiresBy(credentials, now.getTime());
}

function expiresBy(credentials: Credentials, ms: number): boolean {
  if (credentials.type !== "OAUTH2" && credentials.type !== "OAUTH2_CC") return false;
  if (credentials.expires_at === undefined) return false;
  return Date.parse(credentials.expires_at) <= ms;
}

function backoffMs(failures: number): number {
  return Math.min(maxBackoffMs, initialBackoffMs * 2 ** Math.min(failures - 1, 10));
}
