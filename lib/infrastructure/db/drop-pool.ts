import type { Sql } from "postgres";

/** Closes a pool's connections at once, with what waits for them; never fails. */
export function dropPool(pool: Sql): Promise<void> {
  return pool.end({ timeout: 0 }).catch(() => {});
}
