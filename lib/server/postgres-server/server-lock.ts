import postgres from "postgres";
import { clusterName } from "./cluster";

/** Names the advisory lock by which PostgreSQL itself counts who uses it: everybody shares it, the last may take it. */
const advisoryLockKey = 5_281_931;

export type ServerLock = {
  /** Gives the place up. True: nobody else is there, and nobody gets in until the server has stopped. */
  readonly release: () => Promise<boolean>;
  /** Ends the connection; call it after `leave` and the stop. */
  readonly close: () => Promise<void>;
};

export type LoginResult =
  | { readonly kind: "in"; readonly presence: ServerLock }
  /** It answers, and says no: the reason is PostgreSQL's. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It is starting, stopping or gone: look again. */
  | { readonly kind: "unready" };

/** Where a cluster's server is reached. */
export function databaseUrlOf(port: number, password: string, database: string): string {
  return `postgres://${clusterName}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Logs in at a running server and stays, holding a shared lock, so that another process that uses the same server
 * knows not to stop it. The lock goes with the connection, also when we are killed.
 */
export async function logIn(port: number, password: string): Promise<LoginResult> {
  let here = false;
  const sql = postgres(databaseUrlOf(port, password, "postgres"), {
    max: 1,
    connect_timeout: 5,
    // The one connection is the lock: it must not be closed for its age, and is taken anew after a crash of PostgreSQL.
    max_lifetime: null,
    // As in lib/db/client.ts: a connection that dies while it is asked would end the process.
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (here) acquireSharedLock(sql).catch(() => {});
    },
  });
  try {
    const [known] = await sql`select from pg_database where datname = ${clusterName}`;
    if (known === undefined) await createDatabase(sql);
    await acquireSharedLock(sql);
    here = true;
    return {
      kind: "in",
      presence: {
        release: async () => {
          here = false;
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
    // 57P01 to 57P03: shutting down or starting up (PostgreSQL, appendix A). Everything without a code is the network's.
    if (!(error instanceof postgres.PostgresError) || error.code.startsWith("57P"))
      return { kind: "unready" };
    return { kind: "refused", reason: error.message };
  }
}

async function acquireSharedLock(sql: postgres.Sql): Promise<void> {
  await sql`select pg_advisory_lock_shared(${advisoryLockKey})`;
}

async function createDatabase(sql: postgres.Sql): Promise<void> {
  try {
    await sql`create database ${sql(clusterName)}`;
  } catch (error) {
    // 42P04 and 23505: a start beside this one was faster.
    if (!(error instanceof postgres.PostgresError) || !["42P04", "23505"].includes(error.code)) throw error;
  }
}
