/** A run that a trigger asked for: from the last checkpoint or from the start, with or without the records there are. */
export type RequestedRun = { readonly mode: "incremental" | "full"; readonly emptyCache: boolean };

export type SyncSchedule = "started" | "paused";

/** A sync at work on one connection, in one variant. */
export type Sync = {
  readonly id: string;
  /** The connection's id as people know it, and its row. */
  readonly connectionId: string;
  readonly connectionRowId: number;
  readonly functionId: number;
  readonly name: string;
  readonly variant: string;
  readonly schedule: SyncSchedule;
  /** The frequency as set for this sync; null when it follows the deployed one. */
  readonly frequency: string | null;
  /** The frequency as deployed; null when it runs only when triggered. */
  readonly deployedFrequency: string | null;
  readonly models: readonly string[];
  readonly checkpoint: unknown;
  /** Null until a run has ended. */
  readonly lastRun: {
    readonly status: "SUCCESS" | "ERROR";
    readonly finishedAt: Date;
    readonly result: Readonly<Record<string, { added: number; updated: number; deleted: number }>> | null;
  } | null;
};

/** Which syncs: of an integration, of one connection when given, and of these names unless there are none. */
export type SyncSelection = {
  readonly uniqueKey: string;
  readonly connectionRowId: number | null;
  readonly names: readonly { readonly name: string; readonly variant: string }[];
};

export type SyncStatus = "PAUSED" | "STOPPED" | "SUCCESS" | "ERROR";

/**
 * What a sync is said to be (contract, section 2, 12). One that is started and has not run is STOPPED: nothing is
 * running it, and nothing here knows when it will.
 */
export function getSyncStatus({ schedule, lastRun }: Pick<Sync, "schedule" | "lastRun">): SyncStatus {
  return schedule === "paused" ? "PAUSED" : (lastRun?.status ?? "STOPPED");
}

/** The frequency that counts. */
export function getEffectiveFrequency(sync: Pick<Sync, "frequency" | "deployedFrequency">): string | null {
  return sync.frequency ?? sync.deployedFrequency;
}
