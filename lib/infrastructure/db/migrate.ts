import { fileURLToPath } from "node:url";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { databaseFromPool, openPool } from "./client";

const migrationsFolder = fileURLToPath(new URL("../../../drizzle/migrations", import.meta.url));

/** Id of the advisory lock that a process holds while it migrates. */
const migrationLockId = 5_281_932;

/** Applies all pending migrations. If several processes start together, one migrates and the others wait. */
export async function migrate(url: string): Promise<void> {
  const pool = openPool(url, 1);
  try {
    await pool`select pg_advisory_lock(${migrationLockId})`;
    await applyMigrations(databaseFromPool(pool), { migrationsFolder });
  } finally {
    await pool.end({ timeout: 5 });
  }
}
