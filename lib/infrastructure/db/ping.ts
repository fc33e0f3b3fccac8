import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "./client";

/** Milliseconds after which the database counts as unreachable. */
const pingTimeoutMs = 2000;

/** Resolves to true if the database answers a query within two seconds. Never rejects. */
export async function pingDatabase(db: Database): Promise<boolean> {
  const answered = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, wait(pingTimeoutMs, false, { ref: false })]);
}
