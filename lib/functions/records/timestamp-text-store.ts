import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/**
 * A timestamp as text in UTC with six digits of fraction, whatever the session's time zone and date style are. JS
 * dates end at milliseconds.
 */
export function toTimestampText(time: AnyColumn | SQL): SQL<string> {
  return sql<string>`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
