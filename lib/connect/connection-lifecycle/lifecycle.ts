import { randomUUID } from "node:crypto";
import { deleteConnectionRecords } from "@/lib/functions/records/store";
import { createMissingSyncs, deleteConnectionSyncs } from "@/lib/functions/syncs/store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import {
  type EndUserAndTagsInput,
  noEndUserOrTags,
  updateEndUserAndTags,
} from "@/lib/upstream/connections/end-user-and-tags";
import type { Connection, JsonObject } from "@/lib/upstream/connections/model";
import { sealCredentials } from "@/lib/upstream/connections/secret";
import {
  deleteConnection,
  findConnection,
  insertConnection,
  lockConnection,
  nextConnectionRowId,
  updateConnection,
} from "@/lib/upstream/connections/store";
import type { Integration } from "@/lib/upstream/integrations/model";
import { lockIntegrationForKeyShare } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalog";
import { type CredentialsInput, toCredentials } from "@/lib/upstream/providers/credentials";

export type ConnectionImport = EndUserAndTagsInput & {
  readonly provider_config_key: string;
  readonly connection_id?: string | undefined;
  readonly credentials: CredentialsInput;
  readonly metadata?: JsonObject | undefined;
  readonly connection_config?: JsonObject | undefined;
};

export type ConnectionImportError = "unknown_integration" | "credentials_mismatch";

/**
 * Imports a connection with existing credentials. Updates the connection when one with this id exists.
 * Otherwise creates it, with the syncs of its integration.
 */
export async function importConnection(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  input: ConnectionImport,
): Promise<Result<Connection, ConnectionImportError>> {
  return db.transaction(async (tx) => {
    const integration = await lockIntegrationForKeyShare(tx, environmentId, input.provider_config_key);
    if (integration === null) return fail("unknown_integration");
    if (findProvider(integration.provider)?.auth_mode !== input.credentials.type) {
      return fail("credentials_mismatch");
    }
    const id = await upsertImportedConnection(tx, masterKey, environmentId, integration, input);
    const connection = await findConnection(tx, environmentId, id);
    if (connection === null) throw new Error(`The connection ${id} was written but not found`);
    return ok(connection);
  });
}

async function upsertImportedConnection(
  tx: Transaction,
  masterKey: Buffer,
  environmentId: number,
  { id: integrationId, addressVersion }: Integration,
  input: ConnectionImport,
): Promise<number> {
  const connectionId = input.connection_id ?? randomUUID();
  const toRow = (id: number, current = noEndUserOrTags) => ({
    ...updateEndUserAndTags(current, input),
    metadata: input.metadata,
    connectionConfig: input.connection_config,
    credentialsSealed: sealCredentials(masterKey, id, toCredentials(input.credentials)),
    addressVersion,
  });
  // Another request may insert the same connection id between the look-up and the insert. The next round then
  // finds it, unless it has been deleted again. Each round waits until that request's transaction has ended.
  for (;;) {
    const existing = await lockConnection(tx, environmentId, input.provider_config_key, connectionId);
    if (existing !== null) {
      await updateConnection(tx, environmentId, existing.id, toRow(existing.id, existing));
      return existing.id;
    }
    const id = await nextConnectionRowId(tx);
    if (await insertConnection(tx, environmentId, { id, integrationId, connectionId }, toRow(id))) {
      await createMissingSyncs(tx, environmentId, integrationId, id);
      return id;
    }
  }
}

/** Changes the end user and tags of a connection. False when there is no such connection. */
export async function changeConnection(
  db: Database,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
  input: EndUserAndTagsInput,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const existing = await lockConnection(tx, environmentId, uniqueKey, connectionId);
    if (existing === null) return false;
    return updateConnection(tx, environmentId, existing.id, updateEndUserAndTags(existing, input));
  });
}

/** Deletes a connection with its syncs and records. False when there is no such connection. */
export async function removeConnection(
  db: Database,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const existing = await lockConnection(tx, environmentId, uniqueKey, connectionId);
    if (existing === null) return false;
    await deleteConnectionSyncs(tx, environmentId, existing.id);
    await deleteConnectionRecords(tx, environmentId, existing.id);
    return deleteConnection(tx, environmentId, uniqueKey, connectionId);
  });
}
