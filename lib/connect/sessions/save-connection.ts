import { randomUUID } from "node:crypto";
import { createMissingSyncs } from "@/lib/functions/syncs/store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { mergeEndUserAndTags, noEndUserOrTags } from "@/lib/upstream/connections/end-user-and-tags";
import type { JsonObject } from "@/lib/upstream/connections/model";
import { sealCredentials } from "@/lib/upstream/connections/secret";
import {
  insertConnection,
  lockConnectionByRowId,
  nextConnectionRowId,
  updateConnection,
} from "@/lib/upstream/connections/store";
import { lockIntegrationForKeyShare } from "@/lib/upstream/integrations/store";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import {
  type ConnectError,
  connectionGoneError,
  unknownIntegrationError,
  unknownStateError,
} from "./connect-errors";
import type { ConnectTarget } from "./connect-target";
import { setLastConnection } from "./store";

export type ConnectDependencies = { readonly db: Database; readonly masterKey: Buffer };

export type CredentialsAndConfig = {
  readonly credentials: Credentials;
  readonly connectionConfig: JsonObject;
};

/**
 * Creates a connection for the session's end user, or updates the connection that the session reconnects.
 * Stores the connection's row id in the session.
 */
export async function saveConnection(
  { db, masterKey }: ConnectDependencies,
  target: ConnectTarget,
  values: CredentialsAndConfig,
): Promise<Result<null, ConnectError>> {
  const { session, integration } = target;
  return db.transaction(async (tx) => {
    const locked = await lockIntegrationForKeyShare(tx, session.environmentId, integration.uniqueKey);
    // Since the target was found, the integration may have been deleted, and another may have got its key.
    if (locked?.id !== integration.id) return fail(unknownIntegrationError);
    // The credentials are from, and for, an earlier address.
    if (locked.addressVersion !== integration.addressVersion) return fail(unknownStateError);
    const rowId =
      session.reconnectConnectionRowId === null
        ? await insertNewConnection(tx, masterKey, target, values)
        : await reconnectConnection(tx, masterKey, target, session.reconnectConnectionRowId, values);
    if (rowId === null) return fail(connectionGoneError);
    await setLastConnection(tx, session.environmentId, session.id, rowId);
    return ok(null);
  });
}

/** Inserts a connection and the syncs of its integration. Returns the connection's row id. */
async function insertNewConnection(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: ConnectTarget,
  { credentials, connectionConfig }: CredentialsAndConfig,
): Promise<number> {
  const rowId = await nextConnectionRowId(tx);
  const ids = { id: rowId, integrationId: integration.id, connectionId: randomUUID() };
  const inserted = await insertConnection(tx, session.environmentId, ids, {
    ...mergeEndUserAndTags(noEndUserOrTags, session.endUser, session.tags),
    metadata: undefined,
    connectionConfig,
    credentialsSealed: sealCredentials(masterKey, rowId, credentials),
    addressVersion: integration.addressVersion,
  });
  if (!inserted) throw new Error("The random id of a new connection is already in use");
  await createMissingSyncs(tx, session.environmentId, integration.id, rowId);
  return rowId;
}

/**
 * Replaces the credentials of a connection, merges the new config into its config, and sets the end user and
 * the tags if the session has them. Returns `rowId`; null when the connection no longer exists.
 */
async function reconnectConnection(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: ConnectTarget,
  rowId: number,
  { credentials, connectionConfig }: CredentialsAndConfig,
): Promise<number | null> {
  const current = await lockConnectionByRowId(tx, session.environmentId, integration.id, rowId);
  if (current === null) return null;
  const tags = Object.keys(session.tags).length === 0 ? undefined : session.tags;
  await updateConnection(tx, session.environmentId, rowId, {
    ...mergeEndUserAndTags(current, session.endUser ?? current.endUser, tags),
    connectionConfig: { ...current.connectionConfig, ...connectionConfig },
    credentialsSealed: sealCredentials(masterKey, rowId, credentials),
    addressVersion: integration.addressVersion,
  });
  return rowId;
}
