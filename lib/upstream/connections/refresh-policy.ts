import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshError } from "./model";

/** What is asked for: credentials that work, or with `force` new ones. */
export type RefreshRequest = {
  readonly force: boolean;
  /** When it was asked: what happened to the credentials after that is already the answer. */
  readonly requestedAt: Date;
};

export type RefreshState = {
  readonly credentials: Credentials;
  readonly refreshedAt: Date | null;
  readonly refreshFailure: RefreshError | null;
};

/** An access token that ends so soon may end on its way to the provider. */
const expiryMarginMs = 60_000;

const initialBackoffMs = 30_000;
const maxBackoffMs = 3_600_000;

/**
 * Are the credentials good as they are, due for a refresh, or is that known to fail? After a failure nobody tries
 * again for 30 seconds, then twice as long each time up to an hour, unless it is forced.
 */
export function decideRefresh(
  state: RefreshState,
  ask: RefreshRequest,
  now: Date,
): "fresh" | "due" | "failed" {
  const { credentials, refreshedAt, refreshFailure } = state;
  if (!isRefreshable(credentials)) return "fresh";
  if (refreshedAt !== null && refreshedAt >= ask.requestedAt) return "fresh";
  const failedAt = refreshFailure === null ? null : Date.parse(refreshFailure.at);
  if (failedAt !== null && failedAt >= ask.requestedAt.getTime()) return "failed";
  if (ask.force) return "due";
  if (!expiresBefore(credentials, now.getTime() + expiryMarginMs)) return "fresh";
  const isPaused = failedAt !== null && now.getTime() < failedAt + backoffMs(refreshFailure?.failures ?? 0);
  return isPaused ? "failed" : "due";
}

export type RefreshableCredentials =
  | (Extract<Credentials, { type: "OAUTH2" }> & { readonly refresh_token: string })
  | Extract<Credentials, { type: "OAUTH2_CC" }>;

/** Is there something to refresh with? */
export function isRefreshable(credentials: Credentials): credentials is RefreshableCredentials {
  const { type } = credentials;
  return type === "OAUTH2_CC" || (type === "OAUTH2" && credentials.refresh_token !== undefined);
}

/** Does the access token still work, as far as is known? */
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
