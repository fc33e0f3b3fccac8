import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { makeTestEnvironment, makeTestKey } from "../../e2e/fixtures/api-key";
import { throwAwayFolder } from "../../e2e/fixtures/throw-away-folder";
import { generateKey } from "../../lib/api-keys/token";
import { openPool, overPool } from "../../lib/db/client";
import { migrate } from "../../lib/db/migrate";
import { openPostgres } from "../../lib/postgres-server/open";
import { type Load, type Loaded, loadSample } from "./sample-load";
import { type ServerProcess, startServer } from "./server-process";
import { type Spread, spreadOf } from "./spread";
import { type Keys, type ServerKind, type Variant, variants } from "./variants";

export type Measured = Readonly<Record<keyof Loaded, Spread>>;
export type ThroughputReport = Readonly<Record<string, Measured>>;

/**
 * Loads every variant in turn, round after round, so that whatever else the machine does falls on all alike. A first
 * round that does not count lets the compiler see the code.
 */
export async function measureThroughput(
  rounds: number,
  load: Load,
  chosen: readonly Variant[] = variants,
): Promise<ThroughputReport> {
  const place = await openPlace();
  const servers = new Map<ServerKind, ServerProcess>();
  try {
    for (const { server } of chosen) {
      if (!servers.has(server)) {
        const known = [place.keys.valid, place.keys.without];
        servers.set(server, await startServer(server, known, place.env));
      }
    }
    const results = new Map<string, Loaded[]>(chosen.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const { name, server, key, status } of chosen) {
        const process = servers.get(server);
        if (process === undefined) throw new Error(`No server for ${name}`);
        const loaded = await loadSample(process, key(place.keys), status, load);
        if (round > 0) results.get(name)?.push(loaded);
      }
    }
    return Object.fromEntries([...results].map(([name, loaded]) => [name, spreadsOf(loaded)]));
  } finally {
    for (const server of servers.values()) await server.stop();
    await place.leave();
  }
}

function spreadsOf(loaded: readonly Loaded[]): Measured {
  return {
    requestsPerSecond: spreadOf(loaded.map((one) => one.requestsPerSecond)),
    userMicroseconds: spreadOf(loaded.map((one) => one.userMicroseconds)),
    systemMicroseconds: spreadOf(loaded.map((one) => one.systemMicroseconds)),
    p99Milliseconds: spreadOf(loaded.map((one) => one.p99Milliseconds)),
  };
}

type Place = {
  readonly keys: Keys;
  readonly env: Readonly<Record<string, string>>;
  readonly leave: () => Promise<void>;
};

/** A database of its own with two keys, and the settings of a server over it. */
async function openPlace(): Promise<Place> {
  const folder = throwAwayFolder();
  const postgres = await openPostgres(folder, { durable: false });
  if (!postgres.ok) throw new Error(postgres.error);
  const { url, leave } = postgres.value;
  await migrate(url);
  const masterKey = randomBytes(32);
  const pool = openPool(url, 1);
  const db = overPool(pool);
  const environment = await makeTestEnvironment(db, false);
  const valid = await makeTestKey(db, masterKey, environment, ["environment:*"]);
  const without = await makeTestKey(db, masterKey, environment, ["environment:deploy"]);
  await pool.end();
  return {
    keys: { valid: valid.secret, without: without.secret, unknown: generateKey(false) },
    env: {
      DATABASE_URL: url,
      LATCHKEY_MASTER_KEY: masterKey.toString("base64"),
      NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
      // Counted like any other, never reached: the limit would answer 429.
      LATCHKEY_FAILED_AUTH_PER_MINUTE: "1000000000",
    },
    leave: async () => {
      await leave();
      rmSync(folder, { recursive: true });
    },
  };
}
