import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { JsonObject, RefreshError } from "./model";

/** What a refresh works on. */
export type RefreshableConnection = {
  readonly id: number;
  readonly environmentId: number;
  readonly integrationKey: string;
  readonly sealed: Buffer;
  readonly connectionConfig: JsonObject;
  readonly refreshedAt: Date | null;
  readonly refreshFailure: RefreshError | null;
};

const columns = {
  id: connections.id,
  environmentId: connections.environmentId,
  integrationKey: integrations.uniqueKey,
  sealed: connections.credentialsSealed,
  connectionConfig: connections.connectionConfig,
  refreshedAt: connections.refreshedAt,
  refreshFailure: connections.refreshFailure,
};

const liveConnection = (environmentId: number, id: number) =>
  and(eq(connections.environmentId, environmentId), eq(connections.id, id), isNull(connections.deletedAt));

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

/** Takes the right to refresh for some seconds. Null while another has it, or when the connection is gone. */
export async function acquireLease(
  db: Queryable,
  environmentId: number,
  id: number,
  lease: { readonly by: string; readonly seconds: number },
): Promise<RefreshableConnection | null> {
  const [row] = await db
    .update(connections)
    .set({
      refreshLease: lease.by,
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
  readonly refreshFailure?: RefreshError | null;
};

/** Writes how it went and gives the right back. False when it was lost meanwhile: then nothing is written. */
export async function releaseLease(
  db: Queryable,
  environmentId: number,
  id: number,
  by: string,
  outcome: RefreshUpdate,
): Promise<boolean> {
  const rows = await db
    .update(connections)
    .set({ ...outcome, refreshLease: null, refreshLeaseUntil: null })
    .where(and(liveConnection(environmentId, id), eq(connections.refreshLease, by)))
    .returning({ id: connections.id });
  return rows.length > 0;
}
