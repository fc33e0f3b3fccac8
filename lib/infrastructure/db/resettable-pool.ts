import type { Sql } from "postgres";
import { dropPool } from "./drop-pool";

export type ResettablePool = {
  /** Goes to the pool that is open now, and may be kept for as long as the process runs. */
  readonly sql: Sql;
  /** Drops the pool that is open, with what waits for it, and opens another. */
  readonly reset: () => void;
};

/** A pool that can be replaced under those who hold it. */
export function createResettablePool(open: () => Sql): ResettablePool {
  const first = open();
  let pool = first;
  // What drizzle sets on the options of the first (its parsers of dates and JSON) must hold for the next.
  const { parsers, serializers } = first.options;
  return {
    sql: new Proxy(first, {
      apply: (_, self, words) => Reflect.apply(pool, self, words),
      get: (_, name) => Reflect.get(pool, name),
    }),
    reset: () => {
      const old = pool;
      pool = open();
      Object.assign(pool.options.parsers, parsers);
      Object.assign(pool.options.serializers, serializers);
      void dropPool(old);
    },
  };
}
