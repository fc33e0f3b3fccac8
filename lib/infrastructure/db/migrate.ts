import { fileURLToPath } from "node:url";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { databaseFromPool, openPool } from "./client";

const folder = fileURLToPath(new URL("../../../drizzle/migrations", import.meta.url));

/** Names the lock under which one process at a time migrates. */
const migrationLockId = 5_281_932;

/** Brings a database's tables up to date. Safe when several processes start at once: the others wait. */
export async function migrate(url: string): Promise<void> {
  const pool = openPool(url, 1);
  try {
    await pool`select pg_advisory_lock(${migrationLockId})`;
    await applyMigrations(databaseFromPool(pool), { migrationsFolder: folder });
  } finally {
    await pool.end({ timeout: 5 });
  }
}
