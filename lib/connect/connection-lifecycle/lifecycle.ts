import { randomUUID } from "node:crypto";
import { deleteRecordsOf } from "@/lib/functions/records/store";
import { ensureSyncs, removeSyncsOf } from "@/lib/functions/syncs/store";
import type { Database, Transaction } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Connection, JsonObject } from "@/lib/upstream/connections/model";
import { changePeople, nobody, type PeopleInput } from "@/lib/upstream/connections/people";
import { sealCredentials } from "@/lib/upstream/connections/secret";
import {
  deleteConnection,
  findConnection,
  insertConnection,
  lockConnection,
  nextConnectionId,
  updateConnection,
} from "@/lib/upstream/connections/store";
import { holdIntegration } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalogue";
import { type CredentialsInput, toCredentials } from "@/lib/upstream/providers/credentials";

export type ConnectionImport = PeopleInput & {
  readonly provider_config_key: string;
  readonly connection_id?: string | undefined;
  readonly credentials: CredentialsInput;
  readonly metadata?: JsonObject | undefined;
  readonly connection_config?: JsonObject | undefined;
};

export type ImportRefusal = "unknown_integration" | "credentials_mismatch";

/**
 * Adds a connection with credentials got elsewhere, or replaces those of the one that has its id. A new one gets
 * the syncs that its integration has.
 */
export async function importConnection(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  input: ConnectionImport,
): Promise<Result<Connection, ImportRefusal>> {
  return db.transaction(async (tx) => {
    const integration = await holdIntegration(tx, environmentId, input.provider_config_key);
    if (integration === null) return fail("unknown_integration");
    if (findProvider(integration.provider)?.auth_mode !== input.credentials.type) {
      return fail("credentials_mismatch");
    }
    const id = await writeImport(tx, masterKey, environmentId, integration.id, input);
    const connection = await findConnection(tx, environmentId, id);
    if (connection === null) throw new Error("A connection just written is gone");
    return ok(connection);
  });
}

async function writeImport(
  tx: Transaction,
  masterKey: Buffer,
  environmentId: number,
  integrationId: number,
  input: ConnectionImport,
): Promise<number> {
  const connectionId = input.connection_id ?? randomUUID();
  const rowFor = (id: number, before = nobody) => ({
    ...changePeople(before, input),
    metadata: input.metadata,
    connectionConfig: input.connection_config,
    credentialsSealed: sealCredentials(masterKey, id, toCredentials(input.credentials)),
  });
  // Another request may add the same id between our look and our insert, or delete it between the insert and the next
  // look; each round waits for the other's transaction, so the rounds end.
  for (;;) {
    const existing = await lockConnection(tx, environmentId, input.provider_config_key, connectionId);
    if (existing !== null) {
      await updateConnection(tx, environmentId, existing.id, rowFor(existing.id, existing));
      return existing.id;
    }
    const id = await nextConnectionId(tx);
    if (await insertConnection(tx, environmentId, { id, integrationId, connectionId }, rowFor(id))) {
      await ensureSyncs(tx, environmentId, integrationId, id);
      return id;
    }
  }
}

/** Changes who stands behind a connection and its tags. False when there is no such connection. */
export async function changeConnection(
  db: Database,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
  input: PeopleInput,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const existing = await lockConnection(tx, environmentId, uniqueKey, connectionId);
    if (existing === null) return false;
    return updateConnection(tx, environmentId, existing.id, changePeople(existing, input));
  });
}

/** Takes a connection out of sight for good and ends what worked on it: its syncs and their records go too. */
export async function removeConnection(
  db: Database,
  environmentId: number,
  uniqueKey: string,
  connectionId: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const existing = await lockConnection(tx, environmentId, uniqueKey, connectionId);
    if (existing === null) return false;
    await removeSyncsOf(tx, environmentId, existing.id);
    await deleteRecordsOf(tx, environmentId, existing.id);
    return deleteConnection(tx, environmentId, uniqueKey, connectionId);
  });
}
