import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Environment } from "@/lib/access/environments/model";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type SecretField, toSecretFields } from "@/lib/upstream/providers/secret-fields";
import { findRevealableIntegration } from "./reveal-store";
import { openOAuthClient } from "./secret";

type RevealError = { readonly code: "not_found"; readonly message: string };

/**
 * Reveals an integration's OAuth client and `custom` values to a member and records an audit event, in one
 * transaction. Omits a shared client.
 */
export async function revealIntegration(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  id: number,
): Promise<Result<SecretField[], RevealError>> {
  return db.transaction(async (tx) => {
    const found = await findRevealableIntegration(tx, environment.id, id);
    if (found === null) return fail({ code: "not_found", message: "This integration no longer exists" });
    const subject = { id, name: found.uniqueKey };
    await recordAuditEvent(tx, { action: "integration.reveal", actor, environment, subject });
    const custom = Object.entries(found.custom).map(([name, value]) => ({ name: `custom.${name}`, value }));
    const client = openOAuthClient(masterKey, found);
    // A shared app belongs to the operator, so members of the environment may not see it.
    return ok([...(client === null || client.shared === true ? [] : toSecretFields(client)), ...custom]);
  });
}
