import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/**
 * Builds the SQL that converts a timestamp to text, in UTC with microseconds. The result does not depend on
 * the session's time zone and date style. A JavaScript date would lose the microseconds.
 */
export function toTimestampText(time: AnyColumn | SQL): SQL<string> {
  return sql<string>`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
