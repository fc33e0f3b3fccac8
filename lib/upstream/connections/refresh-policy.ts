import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshError } from "./model";

/** A request for valid credentials or, with `force`, for new ones. */
export type RefreshRequest = {
  readonly force: boolean;
  /** Time of the request. The outcome of a refresh that ended later answers this request too. */
  readonly requestedAt: Date;
};

export type RefreshState = {
  readonly credentials: Credentials;
  readonly refreshedAt: Date | null;
  readonly refreshFailure: RefreshError | null;
};

/** A token that expires within this time counts as expired: it could expire on its way to the provider. */
const expiryMarginMs = 60_000;

const initialBackoffMs = 30_000;
const maxBackoffMs = 3_600_000;

/**
 * Decides whether credentials are valid ("fresh"), must be refreshed ("due"), or cannot be refreshed now
 * ("failed"). After a failure the next attempt waits 30 seconds, doubled with each further failure up to an
 * hour, unless forced.
 */
export function decideRefresh(
  state: RefreshState,
  request: RefreshRequest,
  now: Date,
): "fresh" | "due" | "failed" {
  const { credentials, refreshedAt, refreshFailure } = state;
  if (!isRefreshable(credentials)) return "fresh";
  if (refreshedAt !== null && refreshedAt >= request.requestedAt) return "fresh";
  const failedAt = refreshFailure === null ? null : Date.parse(refreshFailure.at);
  if (failedAt !== null && failedAt >= request.requestedAt.getTime()) return "failed";
  if (request.force) return "due";
  if (!expiresBefore(credentials, now.getTime() + expiryMarginMs)) return "fresh";
  const isPaused = failedAt !== null && now.getTime() < failedAt + backoffMs(refreshFailure?.failures ?? 0);
  return isPaused ? "failed" : "due";
}

export type RefreshableCredentials =
  | (Extract<Credentials, { type: "OAUTH2" }> & { readonly refresh_token: string })
  | Extract<Credentials, { type: "OAUTH2_CC" }>;

/** True when the credentials can be refreshed: a refresh token or client credentials exist. */
export function isRefreshable(credentials: Credentials): credentials is RefreshableCredentials {
  const { type } = credentials;
  return type === "OAUTH2_CC" || (type === "OAUTH2" && credentials.refresh_token !== undefined);
}

/** True unless the credentials are known to have expired. */
export function isUsable(credentials: Credentials, now: Date): boolean {
  return !expiresBefore(credentials, now.getTime());
}

function expiresBefore(credentials: Credentials, ms: number): boolean {
  if (credentials.type !== "OAUTH2" && credentials.type !== "OAUTH2_CC") return false;
  if (credentials.expires_at === undefined) return false;
  return Date.parse(credentials.expires_at) <= ms;
}

function backoffMs(failures: number): number {
  return Math.min(maxBackoffMs, initialBackoffMs * 2 ** Math.min(failures - 1, 10));
}
