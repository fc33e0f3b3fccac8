import { and, asc, desc, eq, gte } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema/api-keys";
import { keyCallers, usageHours } from "@/drizzle/schema/usage";
import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Queryable } from "@/lib/infrastructure/db/client";

/** Calls of a key within one hour, with one scope and one outcome. */
export type UsageHour = {
  /** ISO 8601, the start of the hour, UTC. */
  readonly hour: string;
  /** As the route asks for it; "*" where calls were counted without it. */
  readonly scope: string;
  readonly outcome: UseOutcome;
  readonly calls: number;
};

/** Who used a key: null for what is not known. Times in ISO 8601. */
export type KeyCaller = {
  readonly client: string | null;
  readonly address: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly calls: number;
};

/** Rows one answer may have. */
const maxHours = 10_000;
const maxCallers = 100;

/** What a key did since then, the latest hour first, also of a key that is gone. At most 10,000 rows. */
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

/** Who used a key lately, the latest first; at most 100. */
export async function readKeyCallers(
  db: Queryable,
  environmentId: number,
  keyId: number,
): Promise<KeyCaller[]> {
  const { client, address, firstSeenAt, lastSeenAt, calls } = keyCallers;
  const rows = await db
    .select({ client, address, firstSeenAt, lastSeenAt, calls })
    .from(keyCallers)
    .innerJoin(apiKeys, eq(apiKeys.id, keyCallers.keyId))
    .where(and(eq(apiKeys.id, keyId), eq(apiKeys.environmentId, environmentId)))
    .orderBy(desc(lastSeenAt), asc(client), asc(address))
    .limit(maxCallers);
  return rows.map((row) => ({
    client: row.client === "" ? null : row.client,
    address: row.address === "" ? null : row.address,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    calls: row.calls,
  }));
}
