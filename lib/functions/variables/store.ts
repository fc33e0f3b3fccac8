import { and, asc, count, eq, sql } from "drizzle-orm";
import { environmentVariables } from "@/drizzle/schema/variables";
import type { Queryable } from "@/lib/infrastructure/db/client";
import { nextId } from "@/lib/infrastructure/db/next-id";
import type { VariableSummary } from "./model";

// Explicit columns: the sealed value cannot travel with a summary.
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

export async function listVariables(db: Queryable, environmentId: number): Promise<VariableSummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(environmentVariables)
    .where(eq(environmentVariables.environmentId, environmentId))
    .orderBy(asc(environmentVariables.name));
  return rows.map(toSummary);
}

/** Every variable with its sealed value, by name. Its one caller is the API route that serves them. */
export async function listSealedVariables(db: Queryable, environmentId: number): Promise<SealedVariable[]> {
  return db
    .select(sealedColumns)
    .from(environmentVariables)
    .where(eq(environmentVariables.environmentId, environmentId))
    .orderBy(asc(environmentVariables.name));
}

/** One variable with its sealed value, for a reveal. */
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

export async function countVariables(db: Queryable, environmentId: number): Promise<number> {
  const [row] = await db
    .select({ variables: count() })
    .from(environmentVariables)
    .where(eq(environmentVariables.environmentId, environmentId));
  return row?.variables ?? 0;
}

/** The id the next variable will have: its sealed value is bound to it. */
export async function nextVariableId(db: Queryable): Promise<number> {
  return nextId(db, "environment_variables");
}

/** Returns null when the environment already has a variable of this name. */
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

/** Returns null when the environment has no such variable. */
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

/** Returns what was deleted, or null. */
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
