import { z } from "zod";
import { toStoredModelName } from "@/lib/functions/records/model";
import { getEffectiveFrequency, getSyncStatus, type Sync } from "@/lib/functions/syncs/model";

const counts = z.strictObject({ added: z.int(), updated: z.int(), deleted: z.int() });

/** A sync in a response (docs/environment-api.md, "12. syncs:read"). */
export const syncDtoSchema = z.strictObject({
  id: z.uuid(),
  connection_id: z.string(),
  name: z.string(),
  variant: z.string(),
  /** INITIAL until the first run has finished. */
  type: z.enum(["INITIAL", "INCREMENTAL"]),
  status: z.enum(["RUNNING", "PAUSED", "STOPPED", "SUCCESS", "ERROR"]),
  frequency: z.string().nullable(),
  finishedAt: z.iso.datetime().optional(),
  /** Always null: the function runner schedules runs, and the server does not know its schedule. */
  nextScheduledSyncAt: z.iso.datetime().nullable(),
  latestResult: z.record(z.string(), counts).optional(),
  latestExecutionStatus: z.enum(["SUCCESS", "ERROR"]).optional(),
  recordCount: z.record(z.string(), z.int()),
  checkpoint: z.unknown(),
});

/** Converts a sync. `countRecordsOf` returns the number of records of a stored model on a connection. */
export function toSyncDto(sync: Sync, countRecordsOf: (connectionRowId: number, model: string) => number) {
  const { lastRun } = sync;
  const recordCount = sync.models.map(
    (model) => [model, countRecordsOf(sync.connectionRowId, toStoredModelName(model, sync.variant))] as const,
  );
  return {
    id: sync.id,
    connection_id: sync.connectionId,
    name: sync.name,
    variant: sync.variant,
    type: lastRun === null ? ("INITIAL" as const) : ("INCREMENTAL" as const),
    status: getSyncStatus(sync),
    frequency: getEffectiveFrequency(sync),
    nextScheduledSyncAt: null,
    ...(lastRun !== null && {
      finishedAt: lastRun.finishedAt.toISOString(),
      latestExecutionStatus: lastRun.status,
    }),
    ...(lastRun !== null && lastRun.result !== null && { latestResult: lastRun.result }),
    recordCount: Object.fromEntries(recordCount),
    checkpoint: sync.checkpoint,
  };
}
