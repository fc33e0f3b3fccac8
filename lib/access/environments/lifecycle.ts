import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { Environment, EnvironmentError } from "./model";
import {
  countEnvironments,
  deleteEnvironmentRow,
  lockEnvironment,
  lockEnvironments,
  updateEnvironment,
} from "./store";

export type EnvironmentValues = { readonly name: string; readonly isProduction: boolean };

const notFoundError = fail({ code: "not_found", message: "This environment no longer exists" } as const);
export const duplicateNameError = fail({
  code: "duplicate_name",
  message: "Another environment has this name",
  fields: { name: "Another environment has this name" },
} as const);

/** Changes the name and the production flag. If both change, they are two audit events. */
export async function changeEnvironment(
  db: Queryable,
  actor: Actor,
  id: number,
  values: EnvironmentValues,
): Promise<Result<Environment, EnvironmentError>> {
  return db.transaction(async (tx) => {
    await lockEnvironments(tx);
    const before = await lockEnvironment(tx, id);
    if (before === null) return notFoundError;
    const environment = await updateEnvironment(tx, id, values);
    if (environment === null) return duplicateNameError;
    const event = { action: "environment.change", actor, environment, subject: environment } as const;
    if (before.name !== values.name) {
      await recordAuditEvent(tx, { ...event, detail: { before: before.name, after: values.name } });
    }
    if (before.isProduction !== values.isProduction) {
      const detail = { before: before.isProduction, after: values.isProduction };
      await recordAuditEvent(tx, { ...event, detail });
    }
    return ok(environment);
  });
}

/**
 * Deletes an environment with everything in it. From `maxStalenessMs` after the commit on, every process
 * rejects its keys. Fails for the last environment.
 */
export async function deleteEnvironment(
  db: Queryable,
  actor: Actor,
  id: number,
): Promise<Result<Environment, EnvironmentError>> {
  return db.transaction(async (tx) => {
    await lockEnvironments(tx);
    const environment = await lockEnvironment(tx, id);
    if (environment === null) return notFoundError;
    if ((await countEnvironments(tx)) === 1) {
      return fail({
        code: "last_environment",
        message: "The last environment cannot be deleted. Create another one first.",
      });
    }
    await deleteEnvironmentRow(tx, id);
    await recordAuditEvent(tx, { action: "environment.delete", actor, environment, subject: environment });
    return ok(environment);
  });
}
