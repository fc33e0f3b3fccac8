import type { Sql } from "postgres";

/** Closes a pool's connections at once. Queries in flight fail. Never rejects. */
export function dropPool(pool: Sql): Promise<void> {
  return pool.end({ timeout: 0 }).catch(() => {});
}
