import { and, eq, sql } from "drizzle-orm";
import { syncs } from "@/drizzle/schema/syncs";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { RequestedRun, SyncSchedule } from "./model";

// Locks the rows in id order, so that requests for overlapping lists cannot deadlock.
const lockedByIds = (environmentId: number, ids: readonly string[]) =>
  and(
    eq(syncs.environmentId, environmentId),
    sql`${syncs.id} in (
      select ${syncs.id} from ${syncs}
      where ${syncs.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)
      order by ${syncs.id} for update)`,
  );

export type SyncChange = {
  readonly schedule?: SyncSchedule;
  readonly frequency?: string | null;
};

/** Updates the given columns of these syncs in one statement. */
export async function updateSyncs(
  db: Queryable,
  environmentId: number,
  ids: readonly string[],
  change: SyncChange,
): Promise<void> {
  await db
    .update(syncs)
    .set({ ...change, updatedAt: sql`now()` })
    .where(lockedByIds(environmentId, ids));
}

/**
 * Stores a requested run with each of these syncs. Merges it with a stored one that no runner has read yet:
 * mode `full` wins over `incremental`, and `emptyCache` stays true.
 */
export async function recordRequestedRuns(
  db: Queryable,
  environmentId: number,
  ids: readonly string[],
  { mode, emptyCache }: RequestedRun,
): Promise<void> {
  const pending = syncs.requestedRun;
  await db
    .update(syncs)
    .set({
      requestedRun: sql`jsonb_build_object(
        'mode', case when ${pending} ->> 'mode' = 'full' then 'full' else ${mode}::text end,
        'emptyCache', ${emptyCache}::boolean or coalesce((${pending} ->> 'emptyCache')::boolean, false))`,
      updatedAt: sql`now()`,
    })
    .where(lockedByIds(environmentId, ids));
}
