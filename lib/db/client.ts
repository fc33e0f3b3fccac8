import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { settings } from "../env";

export type Database = PostgresJsDatabase<Record<string, never>>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a store function runs on: the pool, or the transaction it is part of. */
export type Queryable = Database | Transaction;

declare global {
  // Next's bundle and the server are separate module instances of one process: they share one pool through this.
  var latchkeyPool: postgres.Sql | undefined;
}

/** Opens a pool of at most `max` connections. Notices are dropped; parameters and results are never logged. */
export function openPool(url: string, max: number): postgres.Sql {
  return postgres(url, { max, connect_timeout: 5, idle_timeout: 60, onnotice: () => {} });
}

export function overPool(pool: postgres.Sql): Database {
  return drizzle(pool, { casing: "snake_case" });
}

let opened: Database | undefined;

/** The process's database. */
export function database(): Database {
  globalThis.latchkeyPool ??= openPool(settings().databaseUrl, 10);
  opened ??= overPool(globalThis.latchkeyPool);
  return opened;
}

/** Ends the pool, waiting up to five seconds for what runs. */
export async function closeDatabase(): Promise<void> {
  const pool = globalThis.latchkeyPool;
  globalThis.latchkeyPool = undefined;
  opened = undefined;
  await pool?.end({ timeout: 5 });
}
