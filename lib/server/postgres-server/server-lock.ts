import postgres from "postgres";
import { clusterName } from "./cluster";

/**
 * The key of the advisory lock that every process holds, shared, while it uses the server. A process that can
 * get the lock exclusively is therefore the last one. The number is arbitrary.
 */
const advisoryLockKey = 5_281_931;

export type ServerLock = {
  /**
   * Releases the shared lock. Returns true when no other process holds it. This process then holds it
   * exclusively, so that no other process can start to use the server, and must stop the server.
   */
  readonly release: () => Promise<boolean>;
  /** Ends the connection. Call it after `release` and after stopping the server. */
  readonly close: () => Promise<void>;
};

export type LoginResult =
  | { readonly kind: "connected"; readonly serverLock: ServerLock }
  /** PostgreSQL rejected the login for this reason. */
  | { readonly kind: "rejected"; readonly reason: string }
  /** The server is starting, stopping or unreachable. Try again. */
  | { readonly kind: "not ready" };

/** Returns the URL of a database on a cluster's server. */
export function databaseUrlOf(port: number, password: string, database: string): string {
  return `postgres://${clusterName}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Logs in to a running server, creates its database if it is missing, and takes the shared lock, so that no
 * other process stops the server. The connection stays open: PostgreSQL releases the lock when it ends, also
 * when this process is killed.
 */
export async function connectAndLock(port: number, password: string): Promise<LoginResult> {
  let isLocked = false;
  const sql = postgres(databaseUrlOf(port, password, "postgres"), {
    max: 1,
    connect_timeout: 5,
    // The connection holds the lock, so it must not be closed because of its age. After a crash of the
    // server, `onclose` takes the lock again on a new connection.
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
