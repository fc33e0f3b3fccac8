import { and, asc, desc, eq, gte } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import { keyCallers, usageHours } from "@/drizzle/schema/usage";
import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Queryable } from "@/lib/infrastructure/db/client";

/** The number of calls of a key in one hour with one scope and one outcome. */
export type UsageHour = {
  /** ISO 8601, the start of the hour, UTC. */
  readonly hour: string;
  /** The scope that the route requires; "*" for calls that were counted without a scope. */
  readonly scope: string;
  readonly outcome: UseOutcome;
  readonly calls: number;
};

/**
 * A client (name and version) and the address from which it used a key; null when unknown. Times in ISO 8601.
 */
export type KeyClient = {
  readonly client: string | null;
  readonly address: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly calls: number;
};

/** Maximum number of rows that are returned. */
const maxHours = 10_000;
const maxClients = 100;

/** Reads the usage of a key since a time, latest hour first; also for a deleted key. At most 10,000 rows. */
export async function readUsageHours(
  db: Queryable,
  environmentId: number,
  keyId: number,
  since: Date,
): Promise<UsageHour[]> {
  const { hour, scope, outcome, calls } = usageHours;
  const rows = await db
    .select({ hour, scope, outcome, calls })
    .from(usageHours)
    .where(and(eq(usageHours.keyId, keyId), eq(usageHours.environmentId, environmentId), gte(hour, since)))
    .orderBy(desc(hour), asc(scope), asc(outcome))
    .limit(maxHours);
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
}

/** Reads the latest clients of a key, latest first. At most 100 rows. */
export async function readKeyClients(
  db: Queryable,
  environmentId: number,
  keyId: number,
): Promise<KeyClient[]> {
  const { client, address, firstSeenAt, lastSeenAt, calls } = keyCallers;
  const rows = await db
    .select({ client, address, firstSeenAt, lastSeenAt, calls })
    .from(keyCallers)
    .innerJoin(apiKeys, eq(apiKeys.id, keyCallers.keyId))
    .where(and(eq(apiKeys.id, keyId), eq(apiKeys.environmentId, environmentId)))
    .orderBy(desc(lastSeenAt), asc(client), asc(address))
    .limit(maxClients);
  return rows.map((row) => ({
    client: row.client === "" ? null : row.client,
    address: row.address === "" ? null : row.address,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    calls: row.calls,
  }));
}
