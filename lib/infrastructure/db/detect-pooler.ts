import type { Sql, TransactionSql } from "postgres";
import { TimeoutError, withTimeout } from "@/lib/infrastructure/timeout";
import { openPool } from "./client";
import { dropPool } from "./drop-pool";

/**
 * What is between this process and PostgreSQL: nothing (`none`), a pooler that keeps one session for each
 * client (`session`), or one that may run each transaction in another session (`transaction`).
 */
export type Pooler = "none" | "session" | "transaction";

/** Attempts to observe that a client's session changes. One is enough unless others use the pooler too. */
const attempts = 3;

/** Milliseconds after which a pooler that has no second session free counts as in session mode. */
const attemptTimeoutMs = 3000;

/**
 * Detects a connection pooler in front of the database at `url`. A pooler announces process ids of its own to
 * its clients, so they differ from PostgreSQL's. In transaction mode the session that a client has used is
 * given to the next client; in session mode it never is. Rejects when the database cannot be reached.
 */
export async function detectPooler(url: string): Promise<Pooler> {
  const [first, second] = [openPool(url, 1), openPool(url, 1)];
  try {
    const rows = await first<{ pid: number }[]>`select pg_backend_pid() as pid`;
    if (rows.state.pid === rows[0]?.pid) return "none";
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const changes = await withTimeout(changesSession(first, second), attemptTimeoutMs, "Pooler detection");
      if (changes) return "transaction";
    }
    return "session";
  } catch (error) {
    if (error instanceof TimeoutError) return "session";
    throw error;
  } finally {
    await Promise.all([dropPool(first), dropPool(second)]);
  }
}

/** True if `first` is seen in another session than before, or `second` in the session that `first` had. */
async function changesSession(first: Sql, second: Sql): Promise<boolean> {
  const before = await sessionOf(first);
  const isSeen = await second.begin(
    async (transaction) => (await sessionOf(transaction)) === before || (await sessionOf(first)) !== before,
  );
  return isSeen || (await sessionOf(first)) !== before;
}

async function sessionOf(sql: Sql | TransactionSql): Promise<number | undefined> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid;
}
