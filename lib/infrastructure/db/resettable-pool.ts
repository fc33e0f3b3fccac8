import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "postgres";
import { isDatabaseReadOnly } from "./database-read-only";
import { dropPool } from "./drop-pool";

export type ResettablePool = {
  /** Forwards each call to the current pool, so that this reference stays valid after a reset. */
  readonly sql: Sql;
  /** Replaces the current pool with a new one. Queries in flight on the old one fail. */
  readonly reset: () => void;
  /**
   * Opens a new pool as soon as a new connection accepts writes. Queries in flight on the current one finish.
   * Further calls until then change nothing. Called by itself when a transaction was rejected as read-only.
   */
  readonly replaceWhenWritable: () => void;
};

/** Milliseconds between two checks whether the database accepts writes again. */
const writableCheckIntervalMs = 1000;

/** Seconds that queries of a replaced pool may take. */
const maxQuerySeconds = 5;

/** Creates a pool whose connections can be replaced while its users keep their reference. */
export function createResettablePool(open: () => Sql): ResettablePool {
  const first = open();
  let pool = first;
  let isWaiting = false;
  // drizzle sets its parsers of dates and JSON in the options of the first pool only. Later pools need them
  // too.
  const { parsers, serializers } = first.options;

  function replace(): Sql {
    const old = pool;
    pool = open();
    Object.assign(pool.options.parsers, parsers);
    Object.assign(pool.options.serializers, serializers);
    return old;
  }

  async function replaceOnceWritable(): Promise<void> {
    do await wait(writableCheckIntervalMs, undefined, { ref: false });
    while (!(await acceptsWrites(open)));
    isWaiting = false;
    await replace()
      .end({ timeout: maxQuerySeconds })
      .catch(() => {});
  }

  function replaceWhenWritable(): void {
    if (isWaiting) return;
    isWaiting = true;
    void replaceOnceWritable();
  }

  function begin(...args: unknown[]): Promise<unknown> {
    const done: Promise<unknown> = Reflect.apply(pool.begin, pool, args);
    done.catch((error: unknown) => {
      if (isDatabaseReadOnly(error)) replaceWhenWritable();
    });
    return done;
  }

  return {
    sql: new Proxy(first, {
      apply: (_, self, args) => Reflect.apply(pool, self, args),
      get: (_, name) => (name === "begin" ? begin : Reflect.get(pool, name)),
    }),
    reset: () => {
      void dropPool(replace());
    },
    replaceWhenWritable,
  };
}

/** Resolves to true if a new connection accepts writes. Never rejects. */
async function acceptsWrites(open: () => Sql): Promise<boolean> {
  const fresh = open();
  try {
    const [row] = await fresh`select current_setting('transaction_read_only') = 'off' as writable`;
    return row?.writable === true;
  } catch {
    return false;
  } finally {
    await dropPool(fresh);
  }
}
