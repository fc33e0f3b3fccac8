import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "./client";

/** Milliseconds after which a database counts as not answering. */
const pingTimeoutMs = 2000;

/** Does the database answer now? */
export async function pingDatabase(db: Database): Promise<boolean> {
  const answered = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, wait(pingTimeoutMs, false, { ref: false })]);
}
