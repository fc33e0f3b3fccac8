import { makePgArray, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { settings } from "@/lib/infrastructure/settings/settings";
import { isDatabaseReadOnly } from "./database-read-only";
import { createResettablePool, type ResettablePool } from "./resettable-pool";

export type Database = PostgresJsDatabase<Record<string, never>> & { readonly $client: postgres.Sql };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a store function runs its queries on: the database, or the transaction of the caller. */
export type Queryable = Database | Transaction;

declare global {
  // Next's bundle and the code that loads it each have their own instance of this module in one thread. This
  // variable shares the pool between them.
  var latchkeyPool: ResettablePool | undefined;
}

/** Parser and serializer of the type `text[]`, whose OID is the same in every database. */
const textArray = {
  to: 1009,
  from: [1009],
  parse: (text: string) => parsePgArray(text),
  serialize: (value: string | string[]) => (typeof value === "string" ? value : makePgArray(value)),
};

export type PoolOptions = {
  /**
   * Whether statements are prepared once per connection. Only without a pooler: behind one, the next use of
   * the statement may run in a session that does not have it. Default: false.
   */
  readonly prepare?: boolean;
};

/** Opens a pool of at most `max` connections. Drops PostgreSQL's notices, which the driver would print. */
export function openPool(url: string, max: number, { prepare = false }: PoolOptions = {}): postgres.Sql {
  return postgres(url, {
    max,
    prepare,
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

let cachedDatabase: Database | undefined;

/** Returns the database of this process. Opens a pool of at most 10 connections on first use. */
export function database(): Database {
  globalThis.latchkeyPool ??= createResettablePool(() => openPool(settings().databaseUrl, 10));
  cachedDatabase ??= databaseFromPool(globalThis.latchkeyPool.sql);
  return cachedDatabase;
}

/**
 * Replaces the pool's connections. Queries in flight fail as if the database were unreachable. On a network
 * that silently drops packets they would otherwise wait for a quarter of an hour.
 */
export function resetDatabasePool(): void {
  globalThis.latchkeyPool?.reset();
}

/**
 * True if the error means that the database rejected a write as read-only. The pool is then replaced as soon
 * as the database accepts writes: a connection opened in the meantime can stay read-only for as long as it
 * lives.
 */
export function isRejectedAsReadOnly(error: unknown): boolean {
  if (!isDatabaseReadOnly(error)) return false;
  replacePoolWhenWritable();
  return true;
}

/** Replaces the pool's connections as soon as a new connection accepts writes. Queries in flight finish. */
export function replacePoolWhenWritable(): void {
  globalThis.latchkeyPool?.replaceWhenWritable();
}

/** Closes the pool. Waits up to five seconds for running queries. */
export async function closeDatabase(): Promise<void> {
  const pool = globalThis.latchkeyPool;
  globalThis.latchkeyPool = undefined;
  cachedDatabase = undefined;
  await pool?.sql.end({ timeout: 5 });
}
