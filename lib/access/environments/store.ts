import { and, asc, count, eq, ne, notExists, sql } from "drizzle-orm";
import { environments } from "@/drizzle/schema/environments";
import type { Queryable, Transaction } from "@/lib/infrastructure/db/client";
import type { Environment } from "./model";

const columns = { id: environments.id, name: environments.name, isProduction: environments.isProduction };

export async function listEnvironments(db: Queryable): Promise<Environment[]> {
  return db.select(columns).from(environments).orderBy(asc(environments.id));
}

export async function findEnvironment(db: Queryable, name: string): Promise<Environment | null> {
  const [row] = await db.select(columns).from(environments).where(eq(environments.name, name));
  return row ?? null;
}

/**
 * Locks an environment's row until the transaction ends and returns it; null if it does not exist. Changes
 * that count or compare the environment's keys take this lock, so that they run one after the other.
 */
export async function lockEnvironment(tx: Transaction, id: number): Promise<Environment | null> {
  const [row] = await tx.select(columns).from(environments).where(eq(environments.id, id)).for("update");
  return row ?? null;
}

/** Returns null when the name is taken. */
export async function insertEnvironment(
  db: Queryable,
  values: { readonly name: string; readonly isProduction: boolean },
): Promise<Environment | null> {
  const [row] = await db.insert(environments).values(values).onConflictDoNothing().returning(columns);
  return row ?? null;
}

/**
 * Locks the table until the transaction ends. Changes that count environments or compare their names take
 * this lock, so that they run one after the other.
 */
export async function lockEnvironments(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table ${environments} in share row exclusive mode`);
}

export async function countEnvironments(db: Queryable): Promise<number> {
  const [row] = await db.select({ environments: count() }).from(environments);
  return row?.environments ?? 0;
}

/** Returns null when another environment has the name. The caller must hold `lockEnvironments`. */
export async function updateEnvironment(
  tx: Transaction,
  id: number,
  values: { readonly name: string; readonly isProduction: boolean },
): Promise<Environment | null> {
  const taken = tx
    .select({ id: environments.id })
    .from(environments)
    .where(and(eq(environments.name, values.name), ne(environments.id, id)));
  const [row] = await tx
    .update(environments)
    .set(values)
    .where(and(eq(environments.id, id), notExists(taken)))
    .returning(columns);
  return row ?? null;
}

export async function deleteEnvironmentRow(tx: Transaction, id: number): Promise<void> {
  await tx.delete(environments).where(eq(environments.id, id));
}
