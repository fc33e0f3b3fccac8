import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { databaseFromPool, openPool, type Queryable, type Transaction } from "./client";

// drizzle's `migrate` opens a transaction of its own, and none can be opened inside another. Format and place of
// the table are drizzle's (drizzle-orm 0.45, pg-core/dialect, migrate).
const migrationsFolder = fileURLToPath(new URL("../../../drizzle/migrations", import.meta.url));

/** Id of the advisory lock that a process holds while it migrates. */
const migrationLockId = 5_281_932;

/** Milliseconds for which a start waits for another process that migrates. */
const maxWaitMs = 60_000;

const retryDelayMs = 250;

/** Another session held the migration lock for too long. The message says which, and how to end it. */
export class MigrationLockError extends Error {}

export type MigrateOptions = {
  /** Milliseconds to wait for the lock. Default: a minute. */
  readonly maxWaitMs?: number;
  /** Called once when another session holds the lock, with a sentence that says which. */
  readonly onWait?: (message: string) => void;
};

/**
 * Applies all pending migrations in one transaction. Safe when several processes start at the same time: the
 * others wait, and reject with `MigrationLockError` after `maxWaitMs`. Without a pending migration nothing is
 * locked and nothing is written.
 *
 * The lock ends with the transaction. A lock of the session would stay behind a pooler in transaction mode:
 * the session outlives its client, and every later start would wait for ever.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder });
  const pool = openPool(url, 1);
  const db = databaseFromPool(pool);
  try {
    if ((await findPending(db, migrations)).length === 0) return;
    await db.transaction(async (tx) => {
      await lockMigrations(tx, options);
      await tx.execute(sql`create schema if not exists drizzle`);
      await tx.execute(sql`create table if not exists drizzle.__drizzle_migrations
        (id serial primary key, hash text not null, created_at bigint)`);
      // Another process may have applied them while this one waited.
      for (const { sql: statements, hash, folderMillis } of await findPending(tx, migrations)) {
        for (const statement of statements) await tx.execute(sql.raw(statement));
        await tx.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at)
          values (${hash}, ${folderMillis})`);
      }
    });
  } finally {
    await pool.end({ timeout: 5 });
  }
}

/** Returns the migrations that are newer than the last one applied, oldest first. */
async function findPending(db: Queryable, migrations: readonly MigrationMeta[]): Promise<MigrationMeta[]> {
  const [table] = await db.execute<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (table?.exists !== true) return [...migrations];
  const [last] = await db.execute<{ at: string | null }>(
    sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
  );
  return migrations.filter(({ folderMillis }) => folderMillis > Number(last?.at ?? 0));
}

/** Takes the lock until the transaction ends. */
async function lockMigrations(
  tx: Transaction,
  { maxWaitMs: limitMs = maxWaitMs, onWait = () => {} }: MigrateOptions,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  let isFirst = true;
  for (;;) {
    const [row] = await tx.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${migrationLockId}) as held`,
    );
    if (row?.held === true) return;
    if (isFirst) onWait(`Waiting for ${(await describeHolder(tx)).name}, which is migrating the database.`);
    isFirst = false;
    if (performance.now() + retryDelayMs > deadline) {
      const { name, pid } = await describeHolder(tx);
      throw new MigrationLockError(
        `${name} has held the migration lock for more than ${Math.round(limitMs / 1000)} seconds. ` +
          `If no other process is migrating, end that session: select pg_terminate_backend(${pid ?? "pid"})`,
      );
    }
    await wait(retryDelayMs);
  }
}

type Holder = {
  readonly pid: number | null;
  /** The session in words, for messages. */
  readonly name: string;
};

/** Describes the session that holds the lock. It can have ended in between. */
async function describeHolder(tx: Transaction): Promise<Holder> {
  const [row] = await tx.execute<{ pid: number; application: string; address: string; since: string }>(sql`
    select a.pid, a.application_name as application, coalesce(host(a.client_addr), 'a local socket') as address,
      to_char(coalesce(a.xact_start, a.state_change) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as since
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objid = ${migrationLockId}
      and l.database = (select oid from pg_database where datname = current_database())
    limit 1`);
  if (row === undefined) return { pid: null, name: "another session" };
  const { pid, application, address, since } = row;
  return { pid, name: `session ${pid} (${application}, from ${address}, since ${since})` };
}
