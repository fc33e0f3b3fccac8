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

/** What the person ended up with: credentials that work, and the config of the connection. */
export type CredentialsAndConfig = {
  readonly credentials: Credentials;
  readonly connectionConfig: JsonObject;
};

/**
 * Makes the connection of the session's end user, or gives the one that is renewed its new credentials, and notes in
 * the session which it was.
 */
export async function saveConnection(
  { db, masterKey }: ConnectDependencies,
  target: ConnectTarget,
  connected: CredentialsAndConfig,
): Promise<Result<null, ConnectError>> {
  const { session, integration } = target;
  return db.transaction(async (tx) => {
    const held = await lockIntegrationForKeyShare(tx, session.environmentId, integration.uniqueKey);
    if (held?.id !== integration.id) return fail(unknownIntegrationError);
    const id =
      session.reconnects === null
        ? await insertNewConnection(tx, masterKey, target, connected)
        : await reconnectConnection(tx, masterKey, target, session.reconnects, connected);
    if (id === null) return fail(connectionGoneError);
    await recordConnectedConnection(tx, session.environmentId, session.id, id);
    return ok(null);
  });
}

/** The new connection also gets the syncs that its integration has. */
async function insertNewConnection(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: ConnectTarget,
  { credentials, connectionConfig }: CredentialsAndConfig,
): Promise<number | null> {
  const id = await nextConnectionId(tx);
  const place = { id, integrationId: integration.id, connectionId: randomUUID() };
  const inserted = await insertConnection(tx, session.environmentId, place, {
    ...mergeEndUserAndTags(noEndUserOrTags, session.endUser, session.tags),
    metadata: undefined,
    connectionConfig,
    credentialsSealed: sealCredentials(masterKey, id, credentials),
  });
  if (!inserted) return null;
  await ensureBaseSyncs(tx, session.environmentId, integration.id, id);
  return id;
}

/** Tags that the session names replace those there are; without any, they stay. */
async function reconnectConnection(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: ConnectTarget,
  id: number,
  { credentials, connectionConfig }: CredentialsAndConfig,
): Promise<number | null> {
  const before = await lockConnectionById(tx, session.environmentId, integration.id, id);
  if (before === null) return null;
  const tags = Object.keys(session.tags).length === 0 ? undefined : session.tags;
  await updateConnection(tx, session.environmentId, id, {
    ...mergeEndUserAndTags(before, session.endUser ?? before.endUser, tags),
    connectionConfig: { ...before.connectionConfig, ...connectionConfig },
    credentialsSealed: sealCredentials(masterKey, id, credentials),
  });
  return id;
}
