import { randomUUID } from "node:crypto";
import { ensureBaseSyncs } from "@/lib/functions/syncs/store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { mergeEndUserAndTags, noEndUserOrTags } from "@/lib/upstream/connections/end-user-and-tags";
import type { JsonObject } from "@/lib/upstream/connections/model";
import { sealCredentials } from "@/lib/upstream/connections/secret";
import {
  insertConnection,
  lockConnectionById,
  nextConnectionId,
  updateConnection,
} from "@/lib/upstream/connections/store";
import { lockIntegrationForKeyShare } from "@/lib/upstream/integrations/store";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import { type ConnectError, connectionGoneError, unknownIntegrationError } from "./connect-errors";
import type { ConnectTarget } from "./connect-target";
import { recordConnectedConnection } from "./store";

export type ConnectDependencies = { readonly db: Database; readonly masterKey: Buffer };

/** Credentials and config to save for a connection. */
export type CredentialsAndConfig = {
  readonly credentials: Credentials;
  readonly connectionConfig: JsonObject;
};

/**
 * Creates the connection of the session's end user, or replaces the credentials of the connection to renew,
 * and stores its id in the session.
 */
export async function saveConnection(
  { db, masterKey }: ConnectDependencies,
  target: ConnectTarget,
  values: CredentialsAndConfig,
): Promise<Result<null, ConnectError>> {
  const { session, integration } = target;
  return db.transaction(async (tx) => {
    const locked = await lockIntegrationForKeyShare(tx, session.environmentId, integration.uniqueKey);
    if (locked?.id !== integration.id) return fail(unknownIntegrationError);
    const id =
      session.reconnectConnectionId === null
        ? await insertNewConnection(tx, masterKey, target, values)
        : await reconnectConnection(tx, masterKey, target, session.reconnectConnectionId, values);
    if (id === null) return fail(connectionGoneError);
    await recordConnectedConnection(tx, session.environmentId, session.id, id);
    return ok(null);
  });
}

/**
 * Inserts a connection with the base syncs of its integration. Returns its row id; null when its id is taken.
 */
async function insertNewConnection(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: ConnectTarget,
  { credentials, connectionConfig }: CredentialsAndConfig,
): Promise<number | null> {
  const id = await nextConnectionId(tx);
  const ids = { id, integrationId: integration.id, connectionId: randomUUID() };
  const inserted = await insertConnection(tx, session.environmentId, ids, {
    ...mergeEndUserAndTags(noEndUserOrTags, session.endUser, session.tags),
    metadata: undefined,
    connectionConfig,
    credentialsSealed: sealCredentials(masterKey, id, credentials),
  });
  if (!inserted) return null;
  await ensureBaseSyncs(tx, session.environmentId, integration.id, id);
  return id;
}

/**
 * Replaces the credentials of a connection, and its tags when the session has any. Returns its row id; null
 * when it does not exist.
 */
async function reconnectConnection(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: ConnectTarget,
  id: number,
  { credentials, connectionConfig }: CredentialsAndConfig,
): Promise<number | null> {
  const current = await lockConnectionById(tx, session.environmentId, integration.id, id);
  if (current === null) return null;
  const tags = Object.keys(session.tags).length === 0 ? undefined : session.tags;
  await updateConnection(tx, session.environmentId, id, {
    ...mergeEndUserAndTags(current, session.endUser ?? current.endUser, tags),
    connectionConfig: { ...current.connectionConfig, ...connectionConfig },
    credentialsSealed: sealCredentials(masterKey, id, credentials),
  });
  return id;
}
