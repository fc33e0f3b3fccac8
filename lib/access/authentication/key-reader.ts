import type { Sql } from "postgres";
import { openPool, overPool } from "@/lib/infrastructure/db/client";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { DeadlinePassed, withDeadline } from "@/lib/infrastructure/deadline";
import { promisedMilliseconds } from "@/lib/infrastructure/signals/lease";
import type { KnownKey } from "./authenticate";
import { keyLookup } from "./lookup-store";

/** Connections a process keeps for reading keys, so that no request waits to be judged behind others' queries. */
const connections = 4;

export type KeyReader = {
  /** Asks the database; rejects when it does not answer in time to decide by. */
  readonly read: (hash: string) => Promise<KnownKey | null>;
  readonly close: () => Promise<void>;
};

type Line = { readonly pool: Sql; readonly lookup: (hash: string) => Promise<KnownKey | null> };

/** Reads keys from the database on connections of its own. Those that fall silent are dropped and opened anew. */
export function keyReader(url: string): KeyReader {
  let line = open();

  function open(): Line {
    const pool = openPool(url, connections);
    return { pool, lookup: keyLookup(overPool(pool)) };
  }

  async function read(hash: string): Promise<KnownKey | null> {
    const asked = line;
    try {
      return await withDeadline(asked.lookup(hash), promisedMilliseconds, "Reading a key");
    } catch (error) {
      // A network that swallows what is sent never says so: its connections would be waited on for minutes.
      if (error instanceof DeadlinePassed && line === asked) {
        line = open();
        void dropPool(asked.pool);
      }
      throw error;
    }
  }

  return { read, close: () => dropPool(line.pool) };
}
