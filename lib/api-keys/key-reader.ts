import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "postgres";
import { openPool, overPool } from "../db/client";
import { promisedMilliseconds } from "../signals/lease";
import type { KnownKey } from "./authenticate";
import { AnswerTooOld } from "./key-cache";
import { keyLookup } from "./lookup-store";

/** Connections a process keeps for reading keys, so that no request waits to be judged behind others' queries. */
const connections = 4;

export type KeyReader = {
  /** Asks the database; rejects when it does not answer in time to decide by. */
  readonly read: (hash: Buffer) => Promise<KnownKey | null>;
  readonly close: () => Promise<void>;
};

type Line = { readonly pool: Sql; readonly lookup: (hash: Buffer) => Promise<KnownKey | null> };

/** Reads keys from the database on connections of its own. Those that fall silent are dropped and opened anew. */
export function keyReader(url: string): KeyReader {
  let line = open();

  function open(): Line {
    const pool = openPool(url, connections);
    return { pool, lookup: keyLookup(overPool(pool)) };
  }

  async function read(hash: Buffer): Promise<KnownKey | null> {
    const asked = line;
    const late = new AbortController();
    try {
      return await Promise.race([asked.lookup(hash), tooLate(late.signal)]);
    } catch (error) {
      // A network that swallows what is sent never says so: its connections would be waited on for minutes.
      if (error instanceof AnswerTooOld && line === asked) {
        line = open();
        void drop(asked.pool);
      }
      throw error;
    } finally {
      late.abort();
    }
  }

  return { read, close: () => drop(line.pool) };
}

async function tooLate(signal: AbortSignal): Promise<never> {
  // Ended by the answer, the wait is forgotten: nobody listens to it then.
  await wait(promisedMilliseconds, undefined, { signal });
  throw new AnswerTooOld();
}

function drop(pool: Sql): Promise<void> {
  return pool.end({ timeout: 0 }).catch(() => {});
}
