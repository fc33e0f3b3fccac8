import type { Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { findIntegration } from "@/lib/upstream/integrations/store";
import type { Sync } from "./model";
import { listSyncs } from "./store";
import type { SyncName } from "./sync-name";

/** The syncs that a request names. */
export type SyncTarget = {
  readonly uniqueKey: string;
  /** Public id. Undefined selects every connection of the integration. */
  readonly connectionId: string | undefined;
  /** An empty list selects every sync. */
  readonly names: readonly SyncName[];
};

export type SyncTargetError =
  | { readonly reason: "unknown_integration" }
  | { readonly reason: "unknown_connection" }
  /**
   * `missing` is the first named sync that does not exist; null when the request named none and none exist.
   */
  | { readonly reason: "no_syncs_found"; readonly missing: SyncName | null };

/**
 * Checks that the integration and connection of a target exist. Returns the connection's row id; null when
 * the target is every connection.
 */
export async function resolveSyncTarget(
  db: Queryable,
  environmentId: number,
  { uniqueKey, connectionId }: Pick<SyncTarget, "uniqueKey" | "connectionId">,
): Promise<Result<number | null, SyncTargetError>> {
  if ((await findIntegration(db, environmentId, uniqueKey)) === null) {
    return fail({ reason: "unknown_integration" });
  }
  if (connectionId === undefined) return ok(null);
  const connection = await findConnectionByConnectionId(db, environmentId, uniqueKey, connectionId);
  return connection === null ? fail({ reason: "unknown_connection" }) : ok(connection.id);
}

/**
 * Finds the syncs of a target. Fails when there are none or a named one is missing, so that a request never
 * changes only some of the syncs that it names.
 */
export async function selectSyncs(
  db: Queryable,
  environmentId: number,
  target: SyncTarget,
): Promise<Result<readonly Sync[], SyncTargetError>> {
  const connectionRowId = await resolveSyncTarget(db, environmentId, target);
  if (!connectionRowId.ok) return connectionRowId;
  const { uniqueKey, names } = target;
  const selection = { uniqueKey, connectionRowId: connectionRowId.value, names };
  const syncs = await listSyncs(db, environmentId, selection);
  const missing = names.find(
    ({ name, variant }) => !syncs.some((sync) => sync.name === name && sync.variant === variant),
  );
  if (missing !== undefined || syncs.length === 0) {
    return fail({ reason: "no_syncs_found", missing: missing ?? null });
  }
  return ok(syncs);
}
