import { makePgArray, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { settings } from "@/lib/infrastructure/settings/settings";
import { createResettablePool, type ResettablePool } from "./resettable-pool";

export type Database = PostgresJsDatabase<Record<string, never>> & { readonly $client: postgres.Sql };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a store function runs on: the pool, or the transaction it is part of. */
export type Queryable = Database | Transaction;

declare global {
  // Next's bundle and the server are separate module instances of one process: they share one pool through this.
  var latchkeyPool: ResettablePool | undefined;
}

/** text[], whose number is part of PostgreSQL. */
const textArray = {
  to: 1009,
  from: [1009],
  parse: (text: string) => parsePgArray(text),
  serialize: (value: string | string[]) => (typeof value === "string" ? value : makePgArray(value)),
};

/** Opens a pool of at most `max` connections. Notices are dropped; parameters and results are never logged. */
export function openPool(url: string, max: number): postgres.Sql {
  return postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    // The driver asks each new connection for its array types and nobody awaits the answer: a connection that dies at
    // that moment would end the process with an unhandled rejection (postgres 3.4.9, connection.js, fetchArrayTypes).
    fetch_types: false,
    types: { textArray },
  });
}

export function databaseFromPool(pool: postgres.Sql): Database {
  return drizzle(pool, { casing: "snake_case" });
}

let opened: Database | undefined;

/** The process's database. */
export function database(): Database {
  globalThis.latchkeyPool ??= createResettablePool(() => openPool(settings().databaseUrl, 10));
  opened ??= databaseFromPool(globalThis.latchkeyPool.sql);
  return opened;
}

/**
 * Drops the connections of the pool and opens others. What waits for an answer fails, as it does when the database
 * cannot be reached: a network that swallows what is sent would let it wait for a quarter of an hour.
 */
export function resetDatabasePool(): void {
  globalThis.latchkeyPool?.reset();
}

/** Ends the pool, waiting up to five seconds for what runs. */
export async function closeDatabase(): Promise<void> {
  const pool = globalThis.latchkeyPool;
  globalThis.latchkeyPool = undefined;
  opened = undefined;
  await pool?.sql.end({ timeout: 5 });
}
