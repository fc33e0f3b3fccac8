import { makePgArray, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { settings } from "@/lib/infrastructure/settings/settings";
import { createResettablePool, type ResettablePool } from "./resettable-pool";

export type Database = PostgresJsDatabase<Record<string, never>> & { readonly $client: postgres.Sql };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Runs a store function's queries: the pool, or the transaction that the function is part of. */
export type Queryable = Database | Transaction;

declare global {
  // Next's bundle and the server are separate module instances of one process. This variable shares the pool.
  var latchkeyPool: ResettablePool | undefined;
}

/** The type `text[]`. Its OID is fixed in PostgreSQL. */
const textArray = {
  to: 1009,
  from: [1009],
  parse: (text: string) => parsePgArray(text),
  serialize: (value: string | string[]) => (typeof value === "string" ? value : makePgArray(value)),
};

/**
 * Opens a pool of at most `max` connections. Notices are dropped; parameters and results are never logged.
 */
export function openPool(url: string, max: number): postgres.Sql {
  return postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    // The driver queries the array types on each new connection without awaiting the result: a connection
    // lost at that moment would end the process with an unhandled rejection (postgres 3.4.9, connection.js,
    // fetchArrayTypes).
    fetch_types: false,
    types: { textArray },
  });
}

/** Wraps a pool in drizzle. Column names are snake_case. */
export function databaseFromPool(pool: postgres.Sql): Database {
  return drizzle(pool, { casing: "snake_case" });
}

let opened: Database | undefined;

/** Returns the database of this process. Opens a pool of at most 10 connections on first use. */
export function database(): Database {
  globalThis.latchkeyPool ??= createResettablePool(() => openPool(settings().databaseUrl, 10));
  opened ??= databaseFromPool(globalThis.latchkeyPool.sql);
  return opened;
}

/**
 * Replaces the pool's connections. Queries in flight fail as if the database were unreachable: on a network
 * that silently drops packets they would wait for a quarter of an hour.
 */
export function resetDatabasePool(): void {
  globalThis.latchkeyPool?.reset();
}

/** Closes the pool. Waits up to five seconds for running queries. */
export async function closeDatabase(): Promise<void> {
  const pool = globalThis.latchkeyPool;
  globalThis.latchkeyPool = undefined;
  opened = undefined;
  await pool?.sql.end({ timeout: 5 });
}
