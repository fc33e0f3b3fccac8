import { randomBytes } from "node:crypto";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { findApiKey } from "@/lib/access/api-keys/store";
import {
  createUsageAggregator,
  type KeyUse,
  type NumberedBatch,
  usageLimits,
} from "@/lib/access/key-usage/usage-aggregator";
import { testDatabase } from "./database";
import { readKeyClients, readUsageHours } from "./read-usage";

/** The hour of the uses that `use` returns, in milliseconds since 1970. */
export const hour = Date.UTC(2026, 0, 1, 10);

/** The result of writing a batch that has already been written. */
export const noRows = { batches: 0, keys: 0, hourlyTotals: 0, clients: 0 };

/** Returns the sum of the calls of these rows. */
export const sum = (rows: readonly { readonly calls: number }[]) =>
  rows.reduce((all, { calls }) => all + calls, 0);

/** Aggregates uses into a batch with this number. */
export function batch(number: number, uses: readonly KeyUse[], limits = usageLimits): NumberedBatch {
  const aggregator = createUsageAggregator(limits);
  for (const each of uses) aggregator.add(each);
  return { ...aggregator.batch(), number };
}

/** Sets up a database with an environment, and functions that read the stored usage of its keys. */
export async function testUsage() {
  const { db, pool, url } = await testDatabase();
  const environment = await makeTestEnvironment(db, false);
  return {
    db,
    pool,
    url,
    environment,
    makeKey: () => makeTestKey(db, randomBytes(32), environment, ["environment:deploy"]),
    /** Returns a use of a key, `second` seconds after `hour`. */
    use: (keyId: number, second: number, changes: Partial<KeyUse> = {}): KeyUse => ({
      keyId,
      environmentId: environment.id,
      at: hour + second * 1000,
      scope: "any valid key",
      outcome: "succeeded",
      lastUse: {
        method: "GET",
        route: "/connections",
        status: 200,
        client: "curl 8.1",
        address: "10.0.0.1",
      },
      ...changes,
    }),
    lastUsed: async (id: number) => (await findApiKey(db, environment.id, id))?.lastUsedAt,
    hoursOf: (id: number) => readUsageHours(db, environment.id, id, new Date(0)),
    clientsOf: (id: number) => readKeyClients(db, environment.id, id),
    /** Returns how many sessions of the database are waiting for a lock. */
    waiting: async () =>
      (
        await pool`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
      ).length,
  };
}
