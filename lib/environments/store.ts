import { asc, eq } from "drizzle-orm";
import { environments } from "../../drizzle/schema/environments";
import type { Queryable, Transaction } from "../db/client";
import type { Environment } from "./model";

const columns = { id: environments.id, name: environments.name, isProduction: environments.isProduction };

export async function listEnvironments(db: Queryable): Promise<Environment[]> {
  return db.select(columns).from(environments).orderBy(asc(environments.id));
}

export async function findEnvironment(db: Queryable, name: string): Promise<Environment | null> {
  const [row] = await db.select(columns).from(environments).where(eq(environments.name, name));
  return row ?? null;
}

/** Holds the environment's row until the transaction ends: changes that count or compare its keys go one by one. */
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
