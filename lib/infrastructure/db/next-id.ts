import { sql } from "drizzle-orm";
import type { Queryable } from "./client";

type SealedTable = "api_keys" | "connections" | "environment_variables" | "integrations" | "oauth_states";

/** The id the next row of `table` will have: what is sealed in a row is bound to it before the row is written. */
export async function nextId(db: Queryable, table: SealedTable): Promise<number> {
  const [row] = await db.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence(${table}, 'id'))::text as id`,
  );
  if (row === undefined) throw new Error("nextval returned nothing");
  return Number(row.id);
}
