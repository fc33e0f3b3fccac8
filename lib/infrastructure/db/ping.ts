import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Database, replacePoolWhenWritable } from "./client";

/** A database that has not responded for this many milliseconds counts as unreachable. */
const pingTimeoutMs = 2000;

export type DatabaseState = "ok" | "read-only" | "unreachable";

/** Checks whether the database responds within two seconds, and whether it accepts writes. Never rejects. */
export async function pingDatabase(db: Database): Promise<DatabaseState> {
  const responded = db
    .execute<{ readOnly: boolean }>(sql`select current_setting('transaction_read_only') = 'on' as "readOnly"`)
    .then(
      ([row]) => (row?.readOnly === true ? "read-only" : "ok"),
      () => "unreachable" as const,
    );
  const state = await Promise.race([responded, wait(pingTimeoutMs, "unreachable" as const, { ref: false })]);
  if (state === "read-only") replacePoolWhenWritable();
  return state;
}
