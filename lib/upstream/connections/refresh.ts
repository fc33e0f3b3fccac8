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

/** Longer than a token request may take, so that nobody takes over from one that is merely slow. */
const leaseSeconds = 30;
const pollIntervalMs = 100;

// Of this process: who comes while a refresh runs waits for that one and holds no database connection meanwhile.
const inFlightRefreshes = new WeakMap<Database, Map<number, Promise<Outcome | null>>>();

/**
 * The credentials of a connection, refreshed first when they have ended or `force` asks for new ones. However many ask
 * at once, in this process and others, the provider is asked once: they share its answer. Null when the connection is
 * gone.
 */
export async function getFreshCredentials(
  parts: RefreshDependencies,
  environmentId: number,
  id: number,
  ask: RefreshRequest,
): Promise<Outcome | null> {
  const stored = await findRefreshableConnection(parts.db, environmentId, id);
  if (stored === null) return null;
  return resolveFromStored(parts, stored, ask) ?? joinInFlightRefresh(parts, stored, ask);
}

/** What is known without asking the provider; null when it must be asked. */
function resolveFromStored(
  { masterKey }: RefreshDependencies,
  stored: RefreshableConnection,
  ask: RefreshRequest,
): Outcome | null {
  const credentials = openCredentials(masterKey, stored.id, stored.sealed);
  const now = new Date();
  const verdict = decideRefresh({ ...stored, credentials }, ask, now);
  if (verdict === "fresh") return ok(credentials);
  if (verdict === "due" || stored.refreshFailure === null) return null;
  return resolveAfterError(credentials, stored.refreshFailure, ask, now);
}

/** A token that still works is better than an error, unless new ones were asked for. */
function resolveAfterError(
  before: Credentials,
  failure: RefreshError,
  ask: RefreshRequest,
  now: Date,
): Outcome {
  return isUsable(before, now) && !ask.force ? ok(before) : fail(failure);
}

function joinInFlightRefresh(
  parts: RefreshDependencies,
  { id, ...stored }: RefreshableConnection,
  ask: RefreshRequest,
) {
  const flights = inFlightRefreshes.get(parts.db) ?? new Map<number, Promise<Outcome | null>>();
  inFlightRefreshes.set(parts.db, flights);
  const known = flights.get(id);
  if (known !== undefined) return known;
  const flight = refreshOnce(parts, stored.environmentId, id, ask).finally(() => flights.delete(id));
  flights.set(id, flight);
  return flight;
}

async function refreshOnce(
  parts: RefreshDependencies,
  environmentId: number,
  id: number,
  ask: RefreshRequest,
): Promise<Outcome | null> {
  const lease = { by: randomUUID(), seconds: leaseSeconds };
  for (;;) {
    const held = await acquireLease(parts.db, environmentId, id, lease);
    if (held !== null) return refreshUnderLease(parts, held, lease.by, ask);
    // Another process has it: what that one finds out is our answer too.
    await wait(pollIntervalMs);
    const stored = await findRefreshableConnection(parts.db, environmentId, id);
    if (stored === null) return null;
    const outcome = resolveFromStored(parts, stored, ask);
    if (outcome !== null) return outcome;
  }
}

async function refreshUnderLease(
  parts: RefreshDependencies,
  stored: RefreshableConnection,
  by: string,
  ask: RefreshRequest,
): Promise<Outcome | null> {
  const { id, environmentId } = stored;
  const before = openCredentials(parts.masterKey, id, stored.sealed);
  const known = resolveFromStored(parts, stored, ask);
  if (known !== null || !isRefreshable(before)) {
    await releaseLease(parts.db, environmentId, id, by, {});
    return known ?? ok(before);
  }
  const answer = await requestRefresh(parts, stored, before);
  const now = new Date();
  const outcome: Outcome = answer.ok
    ? answer
    : fail({
        ...answer.error,
        at: now.toISOString(),
        failures: (stored.refreshFailure?.failures ?? 0) + 1,
        requestId: parts.requestId,
      });
  const written = await releaseLease(
    parts.db,
    environmentId,
    id,
    by,
    outcome.ok
      ? {
          credentialsSealed: sealCredentials(parts.masterKey, id, outcome.value),
          refreshedAt: now,
          refreshFailure: null,
        }
      : { refreshFailure: outcome.error },
  );
  // Somebody stored other credentials or deleted the connection while the provider was asked: theirs count.
  if (!written) return getFreshCredentials(parts, environmentId, id, { ...ask, force: false });
  return outcome.ok ? outcome : resolveAfterError(before, outcome.error, ask, now);
}
