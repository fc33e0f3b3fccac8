import { createApiKey } from "@/lib/access/api-keys/lifecycle";
import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import { duplicateNameError, type EnvironmentValues } from "@/lib/access/environments/lifecycle";
import type { Environment, EnvironmentError } from "@/lib/access/environments/model";
import { insertEnvironment } from "@/lib/access/environments/store";
import { fullAccess } from "@/lib/access/scopes/catalog";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { ok, type Result } from "@/lib/infrastructure/result";

/** Creates an environment with its first key, `Default - Full access`. */
export async function createEnvironment(
  db: Queryable,
  masterKey: Buffer,
  actor: Actor,
  values: EnvironmentValues,
): Promise<Result<Environment, EnvironmentError>> {
  return db.transaction(async (tx) => {
    const environment = await insertEnvironment(tx, values);
    if (environment === null) return duplicateNameError;
    await recordAuditEvent(tx, {
      action: "environment.create",
      actor,
      environment,
      subject: environment,
      detail: { after: environment.isProduction ? "production" : "development" },
    });
    const key = { displayName: "Default - Full access", grants: [fullAccess] } as const;
    const created = await createApiKey(tx, masterKey, environment, actor, key);
    if (!created.ok) throw new Error(`Creating the first key failed: ${created.error.code}`);
    return ok(environment);
  });
}
