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

/** Renames and sets the production flag in one transaction; each is an audit entry of its own. */
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
    const entry = { action: "environment.change", actor, environment, subject: environment } as const;
    if (before.name !== values.name) {
      await recordAuditEvent(tx, { ...entry, detail: { before: before.name, after: values.name } });
    }
    if (before.isProduction !== values.isProduction) {
      const detail = { before: before.isProduction, after: values.isProduction };
      await recordAuditEvent(tx, { ...entry, detail });
    }
    return ok(environment);
  });
}

/** Deletes the environment with all it owns: its keys are refused everywhere within a second. One must remain. */
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
        message: "This is the last environment. Create another first.",
      });
    }
    await deleteEnvironmentRow(tx, id);
    await recordAuditEvent(tx, { action: "environment.delete", actor, environment, subject: environment });
    return ok(environment);
  });
}
