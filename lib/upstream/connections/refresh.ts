import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { RefreshFailure } from "./model";
import { isRefreshable, isUsable, judge, type RefreshAsk } from "./refresh-policy";
import { type RefreshParts, requestRefresh } from "./refresh-request";
import { endLease, findRefreshable, type Refreshable, takeLease } from "./refresh-store";
import { openCredentials, sealCredentials } from "./secret";

type Outcome = Result<Credentials, RefreshFailure>;

/** Longer than a token request may take, so that nobody takes over from one that is merely slow. */
const leaseSeconds = 30;
const lookEveryMs = 100;

// Of this process: who comes while a refresh runs waits for that one and holds no database connection meanwhile.
const running = new WeakMap<Database, Map<number, Promise<Outcome | null>>>();

/**
 * The credentials of a connection, refreshed first when they have ended or `force` asks for new ones. However many ask
 * at once, in this process and others, the provider is asked once: they share its answer. Null when the connection is
 * gone.
 */
export async function freshCredentials(
  parts: RefreshParts,
  environmentId: number,
  id: number,
  ask: RefreshAsk,
): Promise<Outcome | null> {
  const stored = await findRefreshable(parts.db, environmentId, id);
  if (stored === null) return null;
  return settled(parts, stored, ask) ?? joinRefresh(parts, stored, ask);
}

/** What is known without asking the provider; null when it must be asked. */
function settled({ masterKey }: RefreshParts, stored: Refreshable, ask: RefreshAsk): Outcome | null {
  const credentials = openCredentials(masterKey, stored.id, stored.sealed);
  const now = new Date();
  const verdict = judge({ ...stored, credentials }, ask, now);
  if (verdict === "fresh") return ok(credentials);
  if (verdict === "due" || stored.refreshFailure === null) return null;
  return afterFailure(credentials, stored.refreshFailure, ask, now);
}

/** A token that still works is better than an error, unless new ones were asked for. */
function afterFailure(before: Credentials, failure: RefreshFailure, ask: RefreshAsk, now: Date): Outcome {
  return isUsable(before, now) && !ask.force ? ok(before) : fail(failure);
}

function joinRefresh(parts: RefreshParts, { id, ...stored }: Refreshable, ask: RefreshAsk) {
  const flights = running.get(parts.db) ?? new Map<number, Promise<Outcome | null>>();
  running.set(parts.db, flights);
  const known = flights.get(id);
  if (known !== undefined) return known;
  const flight = refreshOnce(parts, stored.environmentId, id, ask).finally(() => flights.delete(id));
  flights.set(id, flight);
  return flight;
}

async function refreshOnce(
  parts: RefreshParts,
  environmentId: number,
  id: number,
  ask: RefreshAsk,
): Promise<Outcome | null> {
  const lease = { by: randomUUID(), seconds: leaseSeconds };
  for (;;) {
    const held = await takeLease(parts.db, environmentId, id, lease);
    if (held !== null) return underLease(parts, held, lease.by, ask);
    // Another process has it: what that one finds out is our answer too.
    await wait(lookEveryMs);
    const stored = await findRefreshable(parts.db, environmentId, id);
    if (stored === null) return null;
    const outcome = settled(parts, stored, ask);
    if (outcome !== null) return outcome;
  }
}

async function underLease(
  parts: RefreshParts,
  stored: Refreshable,
  by: string,
  ask: RefreshAsk,
): Promise<Outcome | null> {
  const { id, environmentId } = stored;
  const before = openCredentials(parts.masterKey, id, stored.sealed);
  const known = settled(parts, stored, ask);
  if (known !== null || !isRefreshable(before)) {
    await endLease(parts.db, environmentId, id, by, {});
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
  const written = await endLease(
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
  if (!written) return freshCredentials(parts, environmentId, id, { ...ask, force: false });
  return outcome.ok ? outcome : afterFailure(before, outcome.error, ask, now);
}
