import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { needsReconnectMessage } from "@/lib/upstream/integrations/model";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshError } from "./model";
import { decideRefresh, hasNotExpired, isRefreshable, type RefreshOptions } from "./refresh-policy";
import {
  acquireLease,
  findRefreshableConnection,
  type RefreshableConnection,
  releaseLease,
  saveRefreshAndReleaseLease,
} from "./refresh-store";
import { type RefreshDependencies, requestRefresh } from "./request-refresh";
import { sealCredentials, unsealCredentials } from "./secret";

type Outcome = Result<Credentials, RefreshError>;

/** Options for credentials that were stored for one version of the integration's addresses. */
type VersionedOptions = RefreshOptions & { readonly addressVersion: number };

/** How a refresh ended. Callers with different options may have waited for it. */
type RefreshEnd =
  /** The outcome of the token request, and the credentials before it. */
  | { readonly previous: Credentials; readonly outcome: Outcome }
  /** The stored state already answers the caller that started the refresh. */
  | "not_needed"
  /** Other credentials were stored, the connection was deleted, or another process took over the refresh. */
  | "lease_lost";

/** Longer than the timeout of a token request, so that the lease cannot expire during the request. */
const leaseSeconds = 30;
const pollIntervalMs = 100;

// Refreshes in flight in this process, by connection row id and address version. Later callers wait for the running
// refresh and hold no database connection while they wait.
const inFlightRefreshes = new WeakMap<Database, Map<string, Promise<RefreshEnd>>>();

/**
 * Returns the credentials of a connection. Refreshes them first when they expire within a minute or `force`
 * is set. When the refresh fails, returns the current credentials if they have not expired and `force` is not
 * set; otherwise the error. Credentials that were stored for other addresses of the integration are an error,
 * too. Null when the connection does not exist. Concurrent calls, also in other processes, share one request
 * to the provider.
 */
export async function getFreshCredentials(
  dependencies: RefreshDependencies,
  environmentId: number,
  id: number,
  callerOptions: RefreshOptions,
): Promise<Outcome | null> {
  const stored = await findRefreshableConnection(dependencies.db, environmentId, id);
  if (stored === null) return null;
  const { addressVersion = stored.currentAddressVersion } = callerOptions;
  const options = { ...callerOptions, addressVersion };
  const resolved = resolveFromStored(dependencies, stored, options);
  if (resolved !== null) return resolved;
  const end = await startOrAwaitRefresh(dependencies, stored, options);
  // The stored state answered another caller, whose options may differ from these.
  if (end === "not_needed") return getFreshCredentials(dependencies, environmentId, id, options);
  // What was stored during the refresh is recent enough even for `force`.
  if (end === "lease_lost") {
    return getFreshCredentials(dependencies, environmentId, id, { ...options, force: false });
  }
  const { previous, outcome } = end;
  return outcome.ok ? outcome : resolveAfterError(previous, outcome.error, options, new Date());
}

/** Returns the outcome if the stored state determines it; null when a refresh is needed. */
function resolveFromStored(
  { masterKey, requestId }: RefreshDependencies,
  stored: RefreshableConnection,
  options: VersionedOptions,
): Outcome | null {
  if (stored.addressVersion !== options.addressVersion) return fail(needsReconnectError(stored, requestId));
  const credentials = unsealCredentials(masterKey, stored.id, stored.sealed);
  const now = new Date();
  const decision = decideRefresh({ ...stored, credentials }, options, now);
  switch (decision.kind) {
    case "not_needed":
      return ok(credentials);
    case "due":
      return null;
    case "failed":
      return resolveAfterError(credentials, decision.failure, options, now);
  }
}

function needsReconnectError({ refreshFailure }: RefreshableConnection, requestId: string): RefreshError {
  const { at = new Date().toISOString(), failures = 1 } = refreshFailure ?? {};
  return { at, failures, message: needsReconnectMessage, isRefusal: true, requestId };
}

/** Returns the current credentials if they have not expired and `force` is not set; otherwise the error. */
function resolveAfterError(
  current: Credentials,
  error: RefreshError,
  { force }: RefreshOptions,
  now: Date,
): Outcome {
  return hasNotExpired(current, now) && !force ? ok(current) : fail(error);
}

function startOrAwaitRefresh(
  dependencies: RefreshDependencies,
  { id, environmentId }: RefreshableConnection,
  options: VersionedOptions,
): Promise<RefreshEnd> {
  const inFlight = inFlightRefreshes.get(dependencies.db) ?? new Map<string, Promise<RefreshEnd>>();
  inFlightRefreshes.set(dependencies.db, inFlight);
  const refreshKey = `${id}/${options.addressVersion}`;
  const running = inFlight.get(refreshKey);
  if (running !== undefined) return running;
  const started = refreshWithLease(dependencies, environmentId, id, options).finally(() =>
    inFlight.delete(refreshKey),
  );
  inFlight.set(refreshKey, started);
  return started;
}

async function refreshWithLease(
  dependencies: RefreshDependencies,
  environmentId: number,
  id: number,
  options: VersionedOptions,
): Promise<RefreshEnd> {
  const lease = { holder: randomUUID(), seconds: leaseSeconds };
  for (;;) {
    const leased = await acquireLease(dependencies.db, environmentId, id, lease);
    if (leased !== null) return refreshLeasedConnection(dependencies, leased, lease.holder, options);
    // Another process holds the lease, or the connection was deleted. Wait, then read the stored state again.
    await wait(pollIntervalMs);
    const stored = await findRefreshableConnection(dependencies.db, environmentId, id);
    if (stored === null || resolveFromStored(dependencies, stored, options) !== null) return "not_needed";
  }
}

async function refreshLeasedConnection(
  dependencies: RefreshDependencies,
  stored: RefreshableConnection,
  holder: string,
  options: VersionedOptions,
): Promise<RefreshEnd> {
  const { id, environmentId } = stored;
  const previous = unsealCredentials(dependencies.masterKey, id, stored.sealed);
  // Another process may have refreshed the credentials before this one acquired the lease. `isRefreshable` is
  // always true here and narrows the type: credentials that cannot be refreshed never need a refresh.
  if (resolveFromStored(dependencies, stored, options) !== null || !isRefreshable(previous)) {
    await releaseLease(dependencies.db, environmentId, id, holder);
    return "not_needed";
  }
  const refreshed = await requestRefresh(dependencies, stored, previous);
  const now = new Date();
  const outcome: Outcome = refreshed.ok
    ? refreshed
    : fail({
        ...refreshed.error,
        at: now.toISOString(),
        failures: (stored.refreshFailure?.failures ?? 0) + 1,
        requestId: dependencies.requestId,
      });
  const isSaved = await saveRefreshAndReleaseLease(
    dependencies.db,
    environmentId,
    id,
    holder,
    outcome.ok
      ? {
          credentialsSealed: sealCredentials(dependencies.masterKey, id, outcome.value),
          refreshedAt: now,
          refreshFailure: null,
        }
      : { refreshFailure: outcome.error },
  );
  return isSaved ? { previous, outcome } : "lease_lost";
}
