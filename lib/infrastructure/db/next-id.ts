import { sql } from "drizzle-orm";
import type { Queryable } from "./client";

type SealedTable = "api_keys" | "connections" | "environment_variables" | "integrations" | "oauth_states";

/** Reserves the id of a new row of `table`. Columns are sealed for this id before the row is inserted. */
export async function nextId(db: Queryable, table: SealedTable): Promise<number> {
  const [row] = await db.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence(${table}, 'id'))::text as id`,
  );
  if (row === undefined) throw new Error("nextval returned nothing");
  return Number(row.id);
}
