import { and, eq, sql } from "drizzle-orm";
import { syncs } from "@/drizzle/schema/syncs";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { RequestedRun, SyncSchedule } from "./model";

// In order, so that two lists that overlap wait for each other and do not deadlock.
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

/** Changes what is given of these syncs, in one statement. */
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
 * Records that a run of these syncs is asked for. What an earlier request asked for and no runner has taken yet stays
 * asked for: the more thorough mode wins, and a cache to be emptied stays so.
 */
export async function recordRequestedRuns(
  db: Queryable,
  environmentId: number,
  ids: readonly string[],
  { mode, emptyCache }: RequestedRun,
): Promise<void> {
  const waiting = syncs.requestedRun;
  await db
    .update(syncs)
    .set({
      requestedRun: sql`jsonb_build_object(
        'mode', case when ${waiting} ->> 'mode' = 'full' then 'full' else ${mode}::text end,
        'emptyCache', ${emptyCache}::boolean or coalesce((${waiting} ->> 'emptyCache')::boolean, false))`,
      updatedAt: sql`now()`,
    })
    .where(lockedByIds(environmentId, ids));
}
