import type { Sql } from "postgres";
import { dropPool } from "./drop-pool";

export type ResettablePool = {
  /** Forwards to the current pool. The reference stays valid across resets. */
  readonly sql: Sql;
  /** Drops the current pool, whose queries in flight fail, and opens a new one. */
  readonly reset: () => void;
};

/** Creates a pool that can be replaced while its users keep their reference. */
export function createResettablePool(open: () => Sql): ResettablePool {
  const first = open();
  let pool = first;
  // drizzle sets its parsers of dates and JSON on the options of the first pool; later pools need them too.
  const { parsers, serializers } = first.options;
  return {
    sql: new Proxy(first, {
      apply: (_, self, args) => Reflect.apply(pool, self, args),
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
