import type { Sql } from "postgres";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { maxStalenessMs } from "@/lib/infrastructure/notifications/lease";
import { TimedOutError, withTimeout } from "@/lib/infrastructure/timeout";
import type { StoredKey } from "./authenticate";
import { createKeyLookup } from "./lookup-store";

/** Connections a process keeps for reading keys, so that no request waits to be judged behind others' queries. */
const poolSize = 4;

export type KeyReader = {
  /** Asks the database; rejects when it does not answer in time to decide by. */
  readonly read: (hash: string) => Promise<StoredKey | null>;
  readonly close: () => Promise<void>;
};

type PooledLookup = { readonly pool: Sql; readonly lookup: (hash: string) => Promise<StoredKey | null> };

/** Reads keys from the database on connections of its own. Those that fall silent are dropped and opened anew. */
export function openKeyReader(url: string): KeyReader {
  let current = open();

  function open(): PooledLookup {
    const pool = openPool(url, poolSize);
    return { pool, lookup: createKeyLookup(databaseFromPool(pool)) };
  }

  async function read(hash: string): Promise<StoredKey | null> {
    const asked = current;
    try {
      return await withTimeout(asked.lookup(hash), maxStalenessMs, "Reading a key");
    } catch (error) {
      // A network that swallows what is sent never says so: its connections would be waited on for minutes.
      if (error instanceof TimedOutError && current === asked) {
        current = open();
        void dropPool(asked.pool);
      }
      throw error;
    }
  }

  return { read, close: () => dropPool(current.pool) };
}
