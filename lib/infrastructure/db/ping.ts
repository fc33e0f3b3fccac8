import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "./client";

/** A database that has not responded for this many milliseconds counts as unreachable. */
const pingTimeoutMs = 2000;

/**
 * Resolves to true if the database responds to a query within two seconds, otherwise to false. Never rejects.
 */
export async function pingDatabase(db: Database): Promise<boolean> {
  const hasResponded = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([hasResponded, wait(pingTimeoutMs, false, { ref: false })]);
}
