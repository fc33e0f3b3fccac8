import { createApiKey } from "@/lib/access/api-keys/lifecycle";
import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import { duplicateNameError, type EnvironmentValues } from "@/lib/access/environments/lifecycle";
import type { Environment, EnvironmentError } from "@/lib/access/environments/model";
import { insertEnvironment } from "@/lib/access/environments/store";
import { fullAccess } from "@/lib/access/scopes/catalog";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { ok, type Result } from "@/lib/infrastructure/result";

/** Makes an environment with the key every environment starts with (product, "Set-up"): `Default - Full access`. */
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
    const made = await createApiKey(tx, masterKey, environment, actor, key);
    if (!made.ok) throw new Error(`A new environment refused its first key: ${made.error.code}`);
    return ok(environment);
  });
}
