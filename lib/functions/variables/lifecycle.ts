import type { Actor } from "@/lib/access/audit/model";
import { recordAuditEvent } from "@/lib/access/audit/store";
import type { Environment } from "@/lib/access/environments/model";
import { lockEnvironment } from "@/lib/access/environments/store";
import type { Database } from "@/lib/infrastructure/db/client";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { maxVariablesPerEnvironment, type VariableError, type VariableSummary } from "./model";
import { sealVariable, unsealVariable } from "./secret";
import {
  countVariables,
  deleteVariableRow,
  findSealedVariable,
  insertVariable,
  nextVariableId,
  updateVariableValue,
} from "./store";

/* Each function here records an audit event in its transaction. The event never contains the value. */

const notFound = fail({ code: "not_found", message: "This variable no longer exists" } as const);
const duplicateName = fail({
  code: "duplicate_name",
  message: "This environment already has a variable with this name",
  fields: { name: "This environment already has a variable with this name" },
} as const);

/**
 * Creates a variable. Fails when the name is taken or the environment has the maximum number of variables.
 */
export async function createVariable(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<Result<VariableSummary, VariableError>> {
  return db.transaction(async (tx) => {
    if ((await lockEnvironment(tx, environment.id)) === null) return notFound;
    if ((await countVariables(tx, environment.id)) >= maxVariablesPerEnvironment) {
      return fail({
        code: "too_many_variables",
        message: `An environment can have at most ${maxVariablesPerEnvironment} variables. Delete one first.`,
      });
    }
    const id = await nextVariableId(tx);
    const sealed = sealVariable(masterKey, id, value);
    const created = await insertVariable(tx, environment.id, { id, name, sealed });
    if (created === null) return duplicateName;
    await recordAuditEvent(tx, { action: "variable.create", actor, environment, subject: created });
    return ok(created);
  });
}

/** Replaces the value of a variable. */
export async function replaceVariableValue(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  { id, value }: { readonly id: number; readonly value: string },
): Promise<Result<VariableSummary, VariableError>> {
  return db.transaction(async (tx) => {
    const changed = await updateVariableValue(tx, environment.id, id, sealVariable(masterKey, id, value));
    if (changed === null) return notFound;
    await recordAuditEvent(tx, { action: "variable.change", actor, environment, subject: changed });
    return ok(changed);
  });
}

/** Reveals the value of one variable to a member. */
export async function revealVariable(
  db: Database,
  masterKey: Buffer,
  environment: Environment,
  actor: Actor,
  id: number,
): Promise<Result<string, VariableError>> {
  return db.transaction(async (tx) => {
    const found = await findSealedVariable(tx, environment.id, id);
    if (found === null) return notFound;
    const subject = { id, name: found.name };
    await recordAuditEvent(tx, { action: "variable.reveal", actor, environment, subject });
    return ok(unsealVariable(masterKey, id, found.sealed));
  });
}

/** Deletes a variable and returns it. */
export async function deleteVariable(
  db: Database,
  environment: Environment,
  actor: Actor,
  id: number,
): Promise<Result<VariableSummary, VariableError>> {
  return db.transaction(async (tx) => {
    const deleted = await deleteVariableRow(tx, environment.id, id);
    if (deleted === null) return notFound;
    await recordAuditEvent(tx, { action: "variable.delete", actor, environment, subject: deleted });
    return ok(deleted);
  });
}
