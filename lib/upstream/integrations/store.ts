import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { connections } from "@/drizzle/schema/connections";
import { integrations } from "@/drizzle/schema/integrations";
import type { Queryable, Transaction } from "@/lib/infrastructure/db/client";
import { nextId } from "@/lib/infrastructure/db/next-id";
import { isUniqueViolation } from "@/lib/infrastructure/db/unique-violation";
import { type Integration, needsReconnectMessage, type SealedIntegration } from "./model";

const columns = {
  id: integrations.id,
  uniqueKey: integrations.uniqueKey,
  provider: integrations.provider,
  displayName: integrations.displayName,
  forwardWebhooks: integrations.forwardWebhooks,
  addressVersion: integrations.addressVersion,
  createdAt: integrations.createdAt,
  updatedAt: integrations.updatedAt,
};

const sealedColumns = {
  ...columns,
  credentialsSealed: integrations.credentialsSealed,
  custom: integrations.custom,
  overrideOrigins: integrations.overrideOrigins,
};

const ofEnvironment = (environmentId: number) => eq(integrations.environmentId, environmentId);

const byUniqueKey = (environmentId: number, uniqueKey: string) =>
  and(ofEnvironment(environmentId), eq(integrations.uniqueKey, uniqueKey));

/** Lists an environment's integrations without secrets, oldest first. */
export async function listIntegrations(db: Queryable, environmentId: number): Promise<Integration[]> {
  return db
    .select(columns)
    .from(integrations)
    .where(ofEnvironment(environmentId))
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
}

/** Like `listIntegrations`, with sealed clients. Check first that the clients may be disclosed. */
export async function listSealedIntegrations(
  db: Queryable,
  environmentId: number,
): Promise<SealedIntegration[]> {
  return db
    .select(sealedColumns)
    .from(integrations)
    .where(ofEnvironment(environmentId))
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
}

/** Finds an integration without its secrets; null when there is none. */
export async function findIntegration(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
): Promise<Integration | null> {
  const [row] = await db.select(columns).from(integrations).where(byUniqueKey(environmentId, uniqueKey));
  return row ?? null;
}

/** Like `findIntegration`, with the sealed client and the `custom` values. */
export async function findSealedIntegration(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
): Promise<SealedIntegration | null> {
  const [row] = await db
    .select(sealedColumns)
    .from(integrations)
    .where(byUniqueKey(environmentId, uniqueKey));
  return row ?? null;
}

/**
 * Finds an integration and locks its row until the transaction ends, so that no connection can be added in
 * the meantime. Null when there is none.
 */
export async function lockIntegrationForUpdate(
  tx: Transaction,
  environmentId: number,
  uniqueKey: string,
): Promise<SealedIntegration | null> {
  const [row] = await tx
    .select(sealedColumns)
    .from(integrations)
    .where(byUniqueKey(environmentId, uniqueKey))
    .for("update");
  return row ?? null;
}

/**
 * Finds an integration and locks its row until the transaction ends, so that the integration is not deleted
 * and its key does not change in the meantime. Null when there is none.
 */
export async function lockIntegrationForKeyShare(
  tx: Transaction,
  environmentId: number,
  uniqueKey: string,
): Promise<Integration | null> {
  const [row] = await tx
    .select(columns)
    .from(integrations)
    .where(byUniqueKey(environmentId, uniqueKey))
    .for("key share");
  return row ?? null;
}

/** Reserves the id of a new integration. The client is sealed with the id before the insert. */
export async function nextIntegrationId(db: Queryable): Promise<number> {
  return nextId(db, "integrations");
}

export type IntegrationRow = {
  readonly id: number;
  readonly uniqueKey: string;
  readonly provider: string;
  readonly displayName: string | null;
  readonly forwardWebhooks: boolean;
  readonly credentialsSealed: Buffer | null;
  readonly custom: Readonly<Record<string, string>>;
};

/** Inserts an integration. Null when the environment already has one with this key. */
export async function insertIntegration(
  db: Queryable,
  environmentId: number,
  values: IntegrationRow,
): Promise<Integration | null> {
  const [row] = await db
    .insert(integrations)
    .values({ ...values, environmentId })
    .onConflictDoNothing()
    .returning(columns);
  return row ?? null;
}

export type IntegrationUpdate = {
  readonly uniqueKey: string | undefined;
  readonly displayName: string | undefined;
  readonly forwardWebhooks: boolean | undefined;
  /** Null removes the stored client. */
  readonly credentialsSealed: Buffer | null | undefined;
  readonly addressVersion: number | undefined;
  /** Merged into the stored values; a given name replaces the stored one. */
  readonly custom: Readonly<Record<string, string>> | undefined;
};

/**
 * Updates the given columns. Returns "duplicate_key" when another integration of the environment has the new
 * key.
 */
export async function updateIntegration(
  tx: Transaction,
  environmentId: number,
  id: number,
  { custom, ...values }: IntegrationUpdate,
): Promise<Integration | "duplicate_key" | "not_found"> {
  try {
    // A savepoint, because another request may take the key: a unique violation would abort the transaction.
    return await tx.transaction(async (savepoint) => {
      const [row] = await savepoint
        .update(integrations)
        .set({
          ...values,
          custom:
            custom === undefined
              ? undefined
              : sql`${integrations.custom} || ${JSON.stringify(custom)}::jsonb`,
          updatedAt: sql`now()`,
        })
        .where(and(ofEnvironment(environmentId), eq(integrations.id, id)))
        .returning(columns);
      return row ?? "not_found";
    });
  } catch (error) {
    if (isUniqueViolation(error, "integrations_key_unique")) return "duplicate_key";
    throw error;
  }
}

/** Replaces an integration's override origins and returns the replaced ones. Null when there is no integration. */
export async function replaceOverrideOrigins(
  tx: Transaction,
  environmentId: number,
  id: number,
  origins: readonly string[],
): Promise<{ readonly uniqueKey: string; readonly before: readonly string[] } | null> {
  const byId = and(ofEnvironment(environmentId), eq(integrations.id, id));
  const [row] = await tx
    .select({ uniqueKey: integrations.uniqueKey, before: integrations.overrideOrigins })
    .from(integrations)
    .where(byId)
    .for("no key update");
  if (row === undefined) return null;
  await tx
    .update(integrations)
    .set({ overrideOrigins: [...origins], updatedAt: sql`now()` })
    .where(byId);
  return row;
}

/** Deletes an integration with its connections. False when there is none. */
export async function deleteIntegration(
  db: Queryable,
  environmentId: number,
  uniqueKey: string,
): Promise<boolean> {
  const rows = await db
    .delete(integrations)
    .where(byUniqueKey(environmentId, uniqueKey))
    .returning({ id: integrations.id });
  return rows.length > 0;
}

/** True when the integration has a live connection. */
export async function hasConnections(
  db: Queryable,
  environmentId: number,
  integrationId: number,
): Promise<boolean> {
  const [row] = await db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.integrationId, integrationId),
        isNull(connections.deletedAt),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/**
 * Marks every live connection of an integration as one to reconnect, and ends its running refresh, so that
 * tokens from an earlier address are not stored.
 */
export async function markConnectionsForReconnect(
  tx: Transaction,
  environmentId: number,
  integrationId: number,
  requestId: string,
): Promise<void> {
  const refreshFailure = {
    at: new Date().toISOString(),
    message: needsReconnectMessage,
    failures: 1,
    isRefusal: true,
    requestId,
  };
  await tx
    .update(connections)
    .set({ refreshFailure, refreshLease: null, refreshLeaseUntil: null })
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.integrationId, integrationId),
        isNull(connections.deletedAt),
      ),
    );
}
