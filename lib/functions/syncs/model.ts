/** A run that a caller requested. */
export type RequestedRun = {
  /** `incremental` continues from the last checkpoint; `full` starts from the beginning. */
  readonly mode: "incremental" | "full";
  /** True when the existing records are to be deleted first. */
  readonly emptyCache: boolean;
};

/** Whether runners run the sync at its frequency. */
export type SyncSchedule = "started" | "paused";

/** A sync function set up for one connection, in one variant. */
export type Sync = {
  readonly id: string;
  /** The connection's public id. */
  readonly connectionId: string;
  readonly connectionRowId: number;
  readonly functionId: number;
  readonly name: string;
  readonly variant: string;
  readonly schedule: SyncSchedule;
  /** Frequency set for this sync; null when the deployed frequency applies. */
  readonly frequency: string | null;
  /** Frequency in the deployed definition; null when the sync runs only when triggered. */
  readonly deployedFrequency: string | null;
  readonly models: readonly string[];
  readonly checkpoint: unknown;
  /** Null until the first run has ended. */
  readonly lastRun: {
    readonly status: "SUCCESS" | "ERROR";
    readonly finishedAt: Date;
    readonly result: Readonly<Record<string, { added: number; updated: number; deleted: number }>> | null;
  } | null;
};

/** Selects syncs of one integration. */
export type SyncSelection = {
  readonly uniqueKey: string;
  /** Null selects all connections. */
  readonly connectionRowId: number | null;
  /** An empty list selects all names. */
  readonly names: readonly { readonly name: string; readonly variant: string }[];
};

export type SyncStatus = "PAUSED" | "STOPPED" | "SUCCESS" | "ERROR";

/**
 * Returns the status of a sync in the API (docs/environment-api.md, "12. syncs:read"). A started sync that
 * has not run yet is STOPPED, because the server does not know when a runner will start it.
 */
export function getSyncStatus({ schedule, lastRun }: Pick<Sync, "schedule" | "lastRun">): SyncStatus {
  return schedule === "paused" ? "PAUSED" : (lastRun?.status ?? "STOPPED");
}

/** Returns the frequency of a sync: its own when one is set, otherwise the deployed one. */
export function getEffectiveFrequency(sync: Pick<Sync, "frequency" | "deployedFrequency">): string | null {
  return sync.frequency ?? sync.deployedFrequency;
}
