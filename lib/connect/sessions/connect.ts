import { randomUUID } from "node:crypto";
import { ensureSyncs } from "@/lib/functions/syncs/store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { JsonObject } from "@/lib/upstream/connections/model";
import { nobody, settlePeople } from "@/lib/upstream/connections/people";
import { sealCredentials } from "@/lib/upstream/connections/secret";
import {
  insertConnection,
  lockConnectionById,
  nextConnectionId,
  updateConnection,
} from "@/lib/upstream/connections/store";
import { holdIntegration } from "@/lib/upstream/integrations/store";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import { type ConnectRefusal, connectionGone, unknownTarget } from "./refusal";
import { noteConnected } from "./store";
import type { Target } from "./target";

export type ConnectParts = { readonly db: Database; readonly masterKey: Buffer };

/** What the person ended up with: credentials that work, and the config of the connection. */
export type Connected = { readonly credentials: Credentials; readonly connectionConfig: JsonObject };

/**
 * Makes the connection of the session's end user, or gives the one that is renewed its new credentials, and notes in
 * the session which it was.
 */
export async function connect(
  { db, masterKey }: ConnectParts,
  target: Target,
  connected: Connected,
): Promise<Result<null, ConnectRefusal>> {
  const { session, integration } = target;
  return db.transaction(async (tx) => {
    const held = await holdIntegration(tx, session.environmentId, integration.uniqueKey);
    if (held?.id !== integration.id) return fail(unknownTarget);
    const id =
      session.reconnects === null
        ? await add(tx, masterKey, target, connected)
        : await renew(tx, masterKey, target, session.reconnects, connected);
    if (id === null) return fail(connectionGone);
    await noteConnected(tx, session.environmentId, session.id, id);
    return ok(null);
  });
}

/** The new connection also gets the syncs that its integration has. */
async function add(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: Target,
  { credentials, connectionConfig }: Connected,
): Promise<number | null> {
  const id = await nextConnectionId(tx);
  const place = { id, integrationId: integration.id, connectionId: randomUUID() };
  const inserted = await insertConnection(tx, session.environmentId, place, {
    ...settlePeople(nobody, session.endUser, session.tags),
    metadata: undefined,
    connectionConfig,
    credentialsSealed: sealCredentials(masterKey, id, credentials),
  });
  if (!inserted) return null;
  await ensureSyncs(tx, session.environmentId, integration.id, id);
  return id;
}

/** Tags that the session names replace those there are; without any, they stay. */
async function renew(
  tx: Transaction,
  masterKey: Buffer,
  { session, integration }: Target,
  id: number,
  { credentials, connectionConfig }: Connected,
): Promise<number | null> {
  const before = await lockConnectionById(tx, session.environmentId, integration.id, id);
  if (before === null) return null;
  const tags = Object.keys(session.tags).length === 0 ? undefined : session.tags;
  await updateConnection(tx, session.environmentId, id, {
    ...settlePeople(before, session.endUser ?? before.endUser, tags),
    connectionConfig: { ...before.connectionConfig, ...connectionConfig },
    credentialsSealed: sealCredentials(masterKey, id, credentials),
  });
  return id;
}
