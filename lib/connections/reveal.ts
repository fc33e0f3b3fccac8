import type { Actor } from "../audit/model";
import { recordAudit } from "../audit/store";
import type { Database } from "../db/client";
import type { Environment } from "../environments/model";
import { fail, ok, type Result } from "../result";
import { type SecretField, secretFields } from "../secret-fields";
import { findSealedCredentials } from "./credentials-store";
import { openCredentials } from "./secret";
import { findConnection } from "./store";

type Refusal = { readonly code: "not_found"; readonly message: string };

const notFound = fail({ code: "not_found", message: "This connection no longer exists" } as const);

/**
 * Opens one connection's credentials as they are stored, for a person; in one transaction with its audit entry. Nothing
 * is refreshed, and it does not count as a fetch.
 */
export async function revealConnection(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  id: number,
): Promise<Result<SecretField[], Refusal>> {
  return db.transaction(async (tx) => {
    const connection = await findConnection(tx, environment.id, id);
    if (connection === null) return notFound;
    const sealed = (await findSealedCredentials(tx, environment.id, [id])).get(id);
    if (sealed === undefined) return notFound;
    await recordAudit(tx, {
      action: "connection.reveal",
      actor,
      environment,
      subject: { id, name: connection.connectionId },
      detail: { of: connection.providerConfigKey },
    });
    return ok(secretFields(openCredentials(masterKey, id, sealed)));
  });
}
