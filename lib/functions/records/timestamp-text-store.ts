import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/**
 * SQL for a timestamp as text, in UTC with microseconds, independent of the session's time zone and date
 * style. JavaScript dates have milliseconds only.
 */
export function toTimestampText(time: AnyColumn | SQL): SQL<string> {
  return sql<string>`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
