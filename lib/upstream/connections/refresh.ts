import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshError } from "./model";
import { decideRefresh, isRefreshable, isUsable, type RefreshRequest } from "./refresh-policy";
import {
  acquireLease,
  findRefreshableConnection,
  type RefreshableConnection,
  releaseLease,
} from "./refresh-store";
import { type RefreshDependencies, requestRefresh } from "./request-refresh";
import { openCredentials, sealCredentials } from "./secret";

type Outcome = Result<Credentials, RefreshError>;

/** Longer than the timeout of a token request, so that no other process takes over from a slow one. */
const leaseSeconds = 30;
const pollIntervalMs = 100;

// Refreshes in flight in this process, by connection row id. Later callers wait for the running refresh and
// hold no database connection meanwhile.
const inFlightRefreshes = new WeakMap<Database, Map<number, Promise<Outcome | null>>>();

/**
 * Returns the credentials of a connection, refreshed first when they have expired or `force` is set.
 * Concurrent calls, also in other processes, share one request to the provider and its outcome. Null when the
 * connection does not exist.
 */
export async function getFreshCredentials(
  dependencies: RefreshDependencies,
  environmentId: number,
  id: number,
  request: RefreshRequest,
): Promise<Outcome | null> {
  const stored = await findRefreshableConnection(dependencies.db, environmentId, id);
  if (stored === null) return null;
  return (
    resolveFromStored(dependencies, stored, request) ?? joinInFlightRefresh(dependencies, stored, request)
  );
}

/** Returns the outcome that the stored state already determines; null when the provider must be queried. */
function resolveFromStored(
  { masterKey }: RefreshDependencies,
  stored: RefreshableConnection,
  request: RefreshRequest,
): Outcome | null {
  const credentials = openCredentials(masterKey, stored.id, stored.sealed);
  const now = new Date();
  const decision = decideRefresh({ ...stored, credentials }, request, now);
  if (decision === "fresh") return ok(credentials);
  if (decision === "due" || stored.refreshFailure === null) return null;
  return resolveAfterError(credentials, stored.refreshFailure, request, now);
}

/** Returns the current credentials while they are valid and `force` is not set; otherwise the error. */
function resolveAfterError(
  current: Credentials,
  error: RefreshError,
  request: RefreshRequest,
  now: Date,
): Outcome {
  return isUsable(current, now) && !request.force ? ok(current) : fail(error);
}

function joinInFlightRefresh(
  dependencies: RefreshDependencies,
  { id, ...stored }: RefreshableConnection,
  request: RefreshRequest,
) {
  const inFlight = inFlightRefreshes.get(dependencies.db) ?? new Map<number, Promise<Outcome | null>>();
  inFlightRefreshes.set(dependencies.db, inFlight);
  const running = inFlight.get(id);
  if (running !== undefined) return running;
  const started = refreshWithLease(dependencies, stored.environmentId, id, request).finally(() =>
    inFlight.delete(id),
  );
  inFlight.set(id, started);
  return started;
}

async function refreshWithLease(
  dependencies: RefreshDependencies,
  environmentId: number,
  id: number,
  request: RefreshRequest,
): Promise<Outcome | null> {
  const lease = { holder: randomUUID(), seconds: leaseSeconds };
  for (;;) {
    const leased = await acquireLease(dependencies.db, environmentId, id, lease);
    if (leased !== null) return refreshLeasedConnection(dependencies, leased, lease.holder, request);
    // Another process holds the lease: wait for the outcome of its refresh.
    await wait(pollIntervalMs);
    const stored = await findRefreshableConnection(dependencies.db, environmentId, id);
    if (stored === null) return null;
    const outcome = resolveFromStored(dependencies, stored, request);
    if (outcome !== null) return outcome;
  }
}

async function refreshLeasedConnection(
  dependencies: RefreshDependencies,
  stored: RefreshableConnection,
  holder: string,
  request: RefreshRequest,
): Promise<Outcome | null> {
  const { id, environmentId } = stored;
  const current = openCredentials(dependencies.masterKey, id, stored.sealed);
  const resolved = resolveFromStored(dependencies, stored, request);
  if (resolved !== null || !isRefreshable(current)) {
    await releaseLease(dependencies.db, environmentId, id, holder, {});
    return resolved ?? ok(current);
  }
  const refreshed = await requestRefresh(dependencies, stored, current);
  const now = new Date();
  const outcome: Outcome = refreshed.ok
    ? refreshed
    : fail({
        ...refreshed.error,
        at: now.toISOString(),
        failures: (stored.refreshFailure?.failures ?? 0) + 1,
        requestId: dependencies.requestId,
      });
  const written = await releaseLease(
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
  // The lease was lost: meanwhile a request stored other credentials or deleted the connection, or another
  // process took over the refresh. The state that is stored now counts.
  if (!written) return getFreshCredentials(dependencies, environmentId, id, { ...request, force: false });
  return outcome.ok ? outcome : resolveAfterError(current, outcome.error, request, now);
}
