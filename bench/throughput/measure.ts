import type { Load } from "@/bench/hammer";
import type { Workplace } from "@/bench/workplace";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { generateKey } from "@/lib/access/api-keys/token";
import { type Loaded, loadSample } from "./sample-load";
import { type ServerProcess, startServer } from "./server-process";
import { type Spread, spreadOf } from "./spread";
import { type Keys, type ServerKind, variants } from "./variants";

export type Measured = Readonly<Record<keyof Loaded, Spread>>;
export type ThroughputReport = Readonly<Record<string, Measured>>;

/**
 * Loads every variant in turn, round after round, so that whatever else the machine does falls on all alike. A first
 * round that does not count lets the compiler see the code.
 */
export async function measureThroughput(
  workplace: Workplace,
  rounds: number,
  load: Load,
): Promise<ThroughputReport> {
  const place = await openPlace(workplace);
  const servers = new Map<ServerKind, ServerProcess>();
  for (const { server } of variants) {
    if (servers.has(server)) continue;
    const process = await startServer(server, place.env);
    workplace.finally(process.stop);
    servers.set(server, process);
  }
  const results = new Map<string, Loaded[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, server, key, status } of variants) {
      const process = servers.get(server);
      if (process === undefined) throw new Error(`No server for ${name}`);
      const loaded = await loadSample(process, key(place.keys), status, load);
      if (round > 0) results.get(name)?.push(loaded);
    }
  }
  return Object.fromEntries([...results].map(([name, loaded]) => [name, spreadsOf(loaded)]));
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
};

/** A database of its own with two keys, and the settings of a server over it. */
async function openPlace(workplace: Workplace): Promise<Place> {
  const { db, databaseUrl, masterKey, authSecret } = await workplace.site();
  const environment = await makeTestEnvironment(db, false);
  const valid = await makeTestKey(db, masterKey, environment, ["environment:*"]);
  const without = await makeTestKey(db, masterKey, environment, ["environment:deploy"]);
  return {
    keys: { valid: valid.secret, without: without.secret, unknown: generateKey(false) },
    env: {
      DATABASE_URL: databaseUrl,
      LATCHKEY_MASTER_KEY: masterKey.toString("base64"),
      NEXTAUTH_SECRET: authSecret,
      // Counted like any other, never reached: the limit would answer 429.
      LATCHKEY_FAILED_AUTH_PER_MINUTE: "1000000000",
    },
  };
}
