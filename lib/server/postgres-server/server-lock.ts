import postgres from "postgres";
import { clusterName } from "./cluster";

/**
 * Key of the advisory lock that tracks which processes use the server: each holds it shared, so a process
 * that gets it exclusively is the last one.
 */
const advisoryLockKey = 5_281_931;

export type ServerLock = {
  /**
   * Releases the shared lock. True when no other process holds it: this one then holds it exclusively, which
   * blocks others from joining, and must stop the server.
   */
  readonly release: () => Promise<boolean>;
  /** Ends the connection. Call it after `release` and after stopping the server. */
  readonly close: () => Promise<void>;
};

export type LoginResult =
  | { readonly kind: "connected"; readonly serverLock: ServerLock }
  /** PostgreSQL rejected the login for this reason. */
  | { readonly kind: "rejected"; readonly reason: string }
  /** The server is starting, stopping or not reachable: retry. */
  | { readonly kind: "not ready" };

/** Returns the URL of a database on a cluster's server. */
export function databaseUrlOf(port: number, password: string, database: string): string {
  return `postgres://${clusterName}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Logs in to a running server and keeps the connection, which holds the shared lock, so that no other process
 * stops the server. PostgreSQL releases the lock when the connection ends, also when this process is killed.
 */
export async function logIn(port: number, password: string): Promise<LoginResult> {
  let isLocked = false;
  const sql = postgres(databaseUrlOf(port, password, "postgres"), {
    max: 1,
    connect_timeout: 5,
    // The lock is held by this one connection, so its age must not close it. `onclose` locks again after a
    // crash.
    max_lifetime: null,
    // As in lib/infrastructure/db/client.ts: a connection that breaks during that query would end the
    // process.
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (isLocked) acquireSharedLock(sql).catch(() => {});
    },
  });
  try {
    const [existing] = await sql`select from pg_database where datname = ${clusterName}`;
    if (existing === undefined) await createDatabase(sql);
    await acquireSharedLock(sql);
    isLocked = true;
    return {
      kind: "connected",
      serverLock: {
        release: async () => {
          isLocked = false;
          await sql`select pg_advisory_unlock_shared(${advisoryLockKey})`;
          const [row] = await sql<
            { last: boolean }[]
          >`select pg_try_advisory_lock(${advisoryLockKey}) as last`;
          return row?.last ?? false;
        },
        close: () => sql.end({ timeout: 1 }),
      },
    };
  } catch (error) {
    await sql.end({ timeout: 0 });
    // 57P01 to 57P03: shutting down or starting up (PostgreSQL manual, appendix A). Other classes are network
    // errors.
    if (!(error instanceof postgres.PostgresError) || error.code.startsWith("57P"))
      return { kind: "not ready" };
    return { kind: "rejected", reason: error.message };
  }
}

async function acquireSharedLock(sql: postgres.Sql): Promise<void> {
  await sql`select pg_advisory_lock_shared(${advisoryLockKey})`;
}

async function createDatabase(sql: postgres.Sql): Promise<void> {
  try {
    await sql`create database ${sql(clusterName)}`;
  } catch (error) {
    // 42P04 and 23505: a concurrent start has created it.
    if (!(error instanceof postgres.PostgresError) || !["42P04", "23505"].includes(error.code)) throw error;
  }
}
