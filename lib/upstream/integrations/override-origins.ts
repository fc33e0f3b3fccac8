import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Environment } from "@/lib/access/environments/model";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { replaceOverrideOrigins } from "./store";

type OverrideOriginsError = { readonly code: "not_found"; readonly message: string };

/**
 * Replaces the origins to which the proxy may send credentials of an integration's connections, besides the
 * provider's, in one transaction with the audit event.
 */
export async function changeOverrideOrigins(
  db: Database,
  environment: Environment,
  actor: Actor,
  { id, origins }: { readonly id: number; readonly origins: readonly string[] },
): Promise<Result<readonly string[], OverrideOriginsError>> {
  return db.transaction(async (tx) => {
    const replaced = await replaceOverrideOrigins(tx, environment.id, id, origins);
    if (replaced === null) return fail({ code: "not_found", message: "This integration no longer exists" });
    await recordAuditEvent(tx, {
      action: "integration.change_override_origins",
      actor,
      environment,
      subject: { id, name: replaced.uniqueKey },
      detail: { before: replaced.before, after: origins },
    });
    return ok(origins);
  });
}
