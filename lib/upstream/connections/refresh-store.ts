import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { JsonObject, RefreshError } from "./model";

/** The columns of a connection that a refresh needs. */
export type RefreshableConnection = {
  /** Row id. */
  readonly id: number;
  readonly environmentId: number;
  readonly integrationKey: string;
  readonly sealed: Buffer;
  readonly connectionConfig: JsonObject;
  /** The version of the integration's addresses that the credentials were stored for. */
  readonly addressVersion: number;
  /** The version of the integration's addresses now. */
  readonly currentAddressVersion: number;
  readonly refreshedAt: Date | null;
  readonly refreshFailure: RefreshError | null;
};

const columns = {
  id: connections.id,
  environmentId: connections.environmentId,
  integrationKey: integrations.uniqueKey,
  sealed: connections.credentialsSealed,
  connectionConfig: connections.connectionConfig,
  addressVersion: connections.addressVersion,
  currentAddressVersion: integrations.addressVersion,
  refreshedAt: connections.refreshedAt,
  refreshFailure: connections.refreshFailure,
};

const liveConnection = (environmentId: number, id: number) =>
  and(eq(connections.environmentId, environmentId), eq(connections.id, id), isNull(connections.deletedAt));

/** Finds a live connection by its row id without locking it; null when there is none. */
export async function findRefreshableConnection(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<RefreshableConnection | null> {
  const [row] = await db
    .select(columns)
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(liveConnection(environmentId, id));
  return row ?? null;
}

/**
 * Acquires the connection's refresh lease for `lease.seconds` and returns the connection. Null while another
 * holder has the lease, or when the connection does not exist.
 */
export async function acquireLease(
  db: Queryable,
  environmentId: number,
  id: number,
  lease: { readonly holder: string; readonly seconds: number },
): Promise<RefreshableConnection | null> {
  const [row] = await db
    .update(connections)
    .set({
      refreshLease: lease.holder,
      refreshLeaseUntil: sql`now() + make_interval(secs => ${lease.seconds})`,
    })
    .from(integrations)
    .where(
      and(
        liveConnection(environmentId, id),
        eq(integrations.id, connections.integrationId),
        or(isNull(connections.refreshLease), lt(connections.refreshLeaseUntil, sql`now()`)),
      ),
    )
    .returning(columns);
  return row ?? null;
}

export type RefreshUpdate = {
  readonly credentialsSealed?: Buffer;
  readonly refreshedAt?: Date;
  readonly refreshFailure: RefreshError | null;
};

/**
 * Saves the outcome of a refresh and releases the lease. Returns false and writes nothing when the lease was
 * lost.
 */
export async function saveRefreshAndReleaseLease(
  db: Queryable,
  environmentId: number,
  id: number,
  holder: string,
  update: RefreshUpdate,
): Promise<boolean> {
  const rows = await db
    .update(connections)
    .set({ ...update, ...noLease })
    .where(heldBy(environmentId, id, holder))
    .returning({ id: connections.id });
  return rows.length > 0;
}

/** Releases the lease without an outcome. Does nothing when the lease was lost. */
export async function releaseLease(
  db: Queryable,
  environmentId: number,
  id: number,
  holder: string,
): Promise<void> {
  await db
    .update(connections)
    .set(noLease)
    .where(heldBy(environmentId, id, holder));
}

const noLease = { refreshLease: null, refreshLeaseUntil: null };

const heldBy = (environmentId: number, id: number, holder: string) =>
  and(liveConnection(environmentId, id), eq(connections.refreshLease, holder));
