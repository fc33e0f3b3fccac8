import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Environment } from "@/lib/access/environments/model";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type SecretField, toSecretFields } from "@/lib/upstream/providers/secret-fields";
import { findSealedCredentials } from "./credentials-store";
import { unsealCredentials } from "./secret";
import { findConnection } from "./store";

type RevealError = { readonly code: "not_found"; readonly message: string };

const notFound = fail({ code: "not_found", message: "This connection no longer exists" } as const);

/**
 * Reveals the stored credentials of one connection to a member and records an audit event, in one
 * transaction. `id` is the connection's row id. Does not refresh the credentials and does not change
 * `lastFetchedAt`.
 */
export async function revealConnection(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  id: number,
): Promise<Result<SecretField[], RevealError>> {
  return db.transaction(async (tx) => {
    const connection = await findConnection(tx, environment.id, id);
    if (connection === null) return notFound;
    const sealed = (await findSealedCredentials(tx, environment.id, [id])).get(id);
    if (sealed === undefined) return notFound;
    await recordAuditEvent(tx, {
      action: "connection.reveal",
      actor,
      environment,
      subject: { id, name: connection.connectionId },
      detail: { of: connection.providerConfigKey },
    });
    return ok(toSecretFields(unsealCredentials(masterKey, id, sealed)));
  });
}
