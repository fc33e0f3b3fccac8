import { and, asc, count, eq, sql } from "drizzle-orm";
import { environmentVariables } from "@/drizzle/schema/variables";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { nextId } from "@/lib/infrastructure/db/next-id";
import type { VariableSummary } from "./model";

// Explicit columns: never selects the sealed value.
const summaryColumns = {
  id: environmentVariables.id,
  name: environmentVariables.name,
  createdAt: environmentVariables.createdAt,
  updatedAt: environmentVariables.updatedAt,
};

const sealedColumns = {
  id: environmentVariables.id,
  name: environmentVariables.name,
  sealed: environmentVariables.valueSealed,
};

export type SealedVariable = { readonly id: number; readonly name: string; readonly sealed: Buffer };

type SummaryRow = { id: number; name: string; createdAt: Date; updatedAt: Date };

function toSummary(row: SummaryRow): VariableSummary {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

const byVariableId = (environmentId: number, id: number) =>
  and(eq(environmentVariables.environmentId, environmentId), eq(environmentVariables.id, id));

/** Lists an environment's variables without their values, sorted by name. */
export async function listVariables(db: Queryable, environmentId: number): Promise<VariableSummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(environmentVariables)
    .where(eq(environmentVariables.environmentId, environmentId))
    .orderBy(asc(environmentVariables.name));
  return rows.map(toSummary);
}

/** Lists an environment's variables with sealed values, sorted by name, for `GET /environment-variables`. */
export async function listSealedVariables(db: Queryable, environmentId: number): Promise<SealedVariable[]> {
  return db
    .select(sealedColumns)
    .from(environmentVariables)
    .where(eq(environmentVariables.environmentId, environmentId))
    .orderBy(asc(environmentVariables.name));
}

/** Finds one variable with its sealed value, for a reveal. Null when the environment has no such variable. */
export async function findSealedVariable(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<SealedVariable | null> {
  const [row] = await db
    .select(sealedColumns)
    .from(environmentVariables)
    .where(byVariableId(environmentId, id));
  return row ?? null;
}

/** Counts the variables of an environment. */
export async function countVariables(db: Queryable, environmentId: number): Promise<number> {
  const [row] = await db
    .select({ variables: count() })
    .from(environmentVariables)
    .where(eq(environmentVariables.environmentId, environmentId));
  return row?.variables ?? 0;
}

/** Reserves the id of a new variable. The value is sealed with the id before the insert. */
export async function nextVariableId(db: Queryable): Promise<number> {
  return nextId(db, "environment_variables");
}

/** Inserts a variable. Null when the environment already has one with this name. */
export async function insertVariable(
  db: Queryable,
  environmentId: number,
  values: SealedVariable,
): Promise<VariableSummary | null> {
  const [row] = await db
    .insert(environmentVariables)
    .values({ id: values.id, environmentId, name: values.name, valueSealed: values.sealed })
    .onConflictDoNothing()
    .returning(summaryColumns);
  return row === undefined ? null : toSummary(row);
}

/** Updates the sealed value of a variable. Null when the environment has no such variable. */
export async function updateVariableValue(
  db: Queryable,
  environmentId: number,
  id: number,
  sealed: Buffer,
): Promise<VariableSummary | null> {
  const [row] = await db
    .update(environmentVariables)
    .set({ valueSealed: sealed, updatedAt: sql`now()` })
    .where(byVariableId(environmentId, id))
    .returning(summaryColumns);
  return row === undefined ? null : toSummary(row);
}

/** Deletes a variable and returns it; null when there is none. */
export async function deleteVariableRow(
  db: Queryable,
  environmentId: number,
  id: number,
): Promise<VariableSummary | null> {
  const [row] = await db
    .delete(environmentVariables)
    .where(byVariableId(environmentId, id))
    .returning(summaryColumns);
  return row === undefined ? null : toSummary(row);
}
