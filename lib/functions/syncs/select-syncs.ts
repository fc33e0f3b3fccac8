import type { Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";
import { findIntegration } from "@/lib/upstream/integrations/store";
import type { Sync } from "./model";
import { listSyncs } from "./store";
import type { SyncName } from "./sync-name";

/** What a request means: syncs of an integration, on one connection or on all, these or (none named) every one. */
export type SyncTarget = {
  readonly uniqueKey: string;
  readonly connectionId: string | undefined;
  readonly names: readonly SyncName[];
};

export type SyncTargetError =
  | { readonly reason: "unknown_integration" }
  | { readonly reason: "unknown_connection" }
  /** `missing` is the first name that no sync has; null when none was named and there are none. */
  | { readonly reason: "no_syncs_found"; readonly missing: SyncName | null };

/** The integration and connection of a target; null stands for every connection of the integration. */
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

/** At least one sync, and each that was named: a command to several either means them all or changes none. */
export async function selectSyncs(
  db: Queryable,
  environmentId: number,
  target: SyncTarget,
): Promise<Result<readonly Sync[], SyncTargetError>> {
  const place = await resolveSyncTarget(db, environmentId, target);
  if (!place.ok) return place;
  const { uniqueKey, names } = target;
  const found = await listSyncs(db, environmentId, { uniqueKey, connectionRowId: place.value, names });
  const missing = names.find(
    ({ name, variant }) => !found.some((sync) => sync.name === name && sync.variant === variant),
  );
  if (missing !== undefined || found.length === 0) {
    return fail({ reason: "no_syncs_found", missing: missing ?? null });
  }
  return ok(found);
}
