import type { Sql } from "postgres";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";
import { TimeoutError, withTimeout } from "@/lib/infrastructure/timeout";
import type { StoredKey } from "./authenticate";
import { createKeyLookup } from "./lookup-store";

/** Connections that only read keys, so that authentication does not wait for other queries. */
const poolSize = 4;

export type KeyReader = {
  /** Reads a key from the database. Rejects with `TimeoutError` after `maxStalenessMs`. */
  readonly read: (hash: string) => Promise<StoredKey | null>;
  readonly close: () => Promise<void>;
};

type PooledLookup = { readonly pool: Sql; readonly lookup: (hash: string) => Promise<StoredKey | null> };

/** Opens a reader of keys with its own connections. Replaces them after a timeout. */
export function openKeyReader(url: string): KeyReader {
  let current = open();

  function open(): PooledLookup {
    const pool = openPool(url, poolSize);
    return { pool, lookup: createKeyLookup(databaseFromPool(pool)) };
  }

  async function read(hash: string): Promise<StoredKey | null> {
    const used = current;
    try {
      return await withTimeout(used.lookup(hash), maxStalenessMs, "Key lookup");
    } catch (error) {
      // If the network silently drops packets, queries on these connections would wait for minutes. Of
      // several reads that time out together, the first one replaces the connections.
      if (error instanceof TimeoutError && current === used) {
        current = open();
        void dropPool(used.pool);
      }
      throw error;
    }
  }

  return { read, close: () => dropPool(current.pool) };
}
