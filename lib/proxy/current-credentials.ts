import type { Credentials } from "../connections/credentials";
import { findSealedCredentials } from "../connections/credentials-store";
import { openCredentials } from "../connections/secret";
import type { Database } from "../db/client";

/** A connection's credentials as they are to be used now, or null when it was deleted meanwhile. */
export async function currentCredentials(
  db: Database,
  masterKey: Buffer,
  environmentId: number,
  connectionId: number,
): Promise<Credentials | null> {
  const sealed = (await findSealedCredentials(db, environmentId, [connectionId])).get(connectionId);
  return sealed === undefined ? null : openCredentials(masterKey, connectionId, sealed);
}
