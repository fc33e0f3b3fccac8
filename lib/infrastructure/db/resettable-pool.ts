import type { Sql } from "postgres";
import { dropPool } from "./drop-pool";

export type ResettablePool = {
  /** Forwards each call to the current pool, so that this reference stays valid after a reset. */
  readonly sql: Sql;
  /** Replaces the current pool with a new one. Queries in flight on the old one fail. */
  readonly reset: () => void;
};

/** Creates a pool whose connections can be replaced while its users keep their reference. */
export function createResettablePool(open: () => Sql): ResettablePool {
  const first = open();
  let pool = first;
  // drizzle sets its parsers of dates and JSON in the options of the first pool only. Later pools need them
  // too.
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
