import postgres, { type Sql } from "postgres";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { UncertainAnswerError } from "@/lib/infrastructure/db/uncertain-answer-error";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";
import { TimeoutError, withTimeout } from "@/lib/infrastructure/timeout";
import type { StoredKey } from "./authenticate";
import { createKeyLookup } from "./lookup-store";

/** Connections that only read keys, so that authentication does not wait for other queries. */
const poolSize = 4;

/** SQLSTATE of a prepared statement that the session does not have, and of one that it has already. */
const lostStatementCodes = new Set(["26000", "42P05"]);

/** Milliseconds between two replacements of the connections because of uncertain answers. */
const minReplaceIntervalMs = 1000;

export type KeyReader = {
  /**
   * Reads a key from the database; null only when the database has said that there is none. Rejects with
   * `TimeoutError` after `maxStalenessMs`, and with an error that counts as an unreachable database when the
   * answer is not certain.
   */
  readonly read: (hash: string) => Promise<StoredKey | null>;
  readonly close: () => Promise<void>;
};

type PooledLookup = { readonly pool: Sql; readonly lookup: (hash: string) => Promise<StoredKey | null> };

/**
 * Opens a reader of keys with its own connections. Replaces them after a timeout. With `prepare`, which requires
 * that no pooler is in between, the look-up is prepared once per connection.
 */
export function openKeyReader(url: string, { prepare }: { readonly prepare: boolean }): KeyReader {
  let prepares = prepare;
  let current = open();
  let replacedAt = Number.NEGATIVE_INFINITY;

  function open(): PooledLookup {
    const pool = openPool(url, poolSize, { prepare: prepares });
    return { pool, lookup: createKeyLookup(databaseFromPool(pool)) };
  }

  function replace(used: PooledLookup): void {
    if (current !== used) return;
    replacedAt = performance.now();
    current = open();
    void dropPool(used.pool);
  }

  async function read(hash: string): Promise<StoredKey | null> {
    const used = current;
    try {
      return await withTimeout(used.lookup(hash), maxStalenessMs, "Key lookup");
    } catch (error) {
      if (error instanceof TimeoutError) {
        // If the network silently drops packets, queries on these connections would wait for minutes. Of
        // several reads that time out together, the first one replaces the connections.
        replace(used);
        throw error;
      }
      if (error instanceof postgres.PostgresError && lostStatementCodes.has(error.code)) {
        // A pooler has been put in between since the start.
        prepares = false;
        replace(used);
      } else if (error instanceof UncertainAnswerError) {
        if (performance.now() - replacedAt > minReplaceIntervalMs) replace(used);
      }
      throw isDatabaseUnreachable(error)
        ? error
        : new UncertainAnswerError("Key lookup failed", { cause: error });
    }
  }

  return { read, close: () => dropPool(current.pool) };
}
